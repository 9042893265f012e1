// The engine's door to the HTTP stages: what only scenes that compare with them need.

export { HTTP_RAISERS } from '../actors/http/raiseHttp';
