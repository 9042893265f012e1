// An svg as large as its box; calls `paint` when it appears and when its size changes.

import type { CSSProperties, ReactNode } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import styles from './MeasuredSvg.module.css';

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

interface MeasuredSvgProps {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** What it shows; the stage's frame places it by this name. */
  readonly part?: 'picture';
  /** Pixels that a picture of many needs on a narrow page. */
  readonly leastHeight?: number;
  /** Pixels that a picture of so many pixels' width needs, on any page. */
  readonly heightFor?: (width: number) => number;
  /** Draws and may go on drawing; the returned function ends that. */
  readonly paint: (svg: SVGSVGElement, size: PixelSize) => () => void;
}

export function MeasuredSvg({
  width,
  height,
  part,
  leastHeight = 0,
  heightFor,
  paint,
}: MeasuredSvgProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [measured, setMeasured] = useState<PixelSize>({ width: 0, height: 0 });

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => {
      const next = { width: element.clientWidth, height: element.clientHeight };
      setMeasured((now) => (now.width === next.width && now.height === next.height ? now : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const drawnWidth = width ?? measured.width;
  const drawnHeight = height ?? measured.height;
  useLayoutEffect(() => {
    if (svg.current === null || drawnWidth <= 0 || drawnHeight <= 0) return;
    return paint(svg.current, { width: drawnWidth, height: drawnHeight });
  }, [paint, drawnWidth, drawnHeight]);

  const minHeight = heightFor === undefined || drawnWidth <= 0 ? undefined : heightFor(drawnWidth);
  const style = {
    width,
    height,
    minHeight,
    '--least-height': `${leastHeight}px`,
  } as CSSProperties;
  return (
    <div ref={box} className={styles['box']} style={style} data-part={part}>
      <svg
        ref={svg}
        className={styles['picture']}
        width={drawnWidth}
        height={drawnHeight}
        aria-hidden="true"
        focusable="false"
      />
    </div>
  );
}
