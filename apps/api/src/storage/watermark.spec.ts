import { Watermark } from './watermark';

describe('Watermark', () => {
  it('stands at the oldest event that does not show, and nowhere when all do', () => {
    const watermark = new Watermark();
    expect(watermark.at()).toBeNull();
    watermark.accepted(4, 1_000);
    watermark.accepted(4, 1_500);
    watermark.accepted(5, 2_000);
    expect(watermark.at()).toBe(1_000);
    watermark.delivered(4, false);
    expect(watermark.at()).toBe(2_000);
    watermark.delivered(5, true);
    expect(watermark.at()).toBeNull();
  });

  it('is not known while events of an earlier process wait, also behind new ones', () => {
    const watermark = new Watermark();
    watermark.begin(true);
    expect(watermark.at()).toBe(0);
    watermark.accepted(9, 1_000);
    watermark.accepted(10, 2_000);
    watermark.delivered(8, false);
    expect(watermark.at()).toBe(0);
    watermark.delivered(9, false);
    expect(watermark.at()).toBe(2_000);
  });

  it('is known again when the events of an earlier process show and nothing came after', () => {
    const watermark = new Watermark();
    watermark.begin(true);
    watermark.delivered(7, false);
    expect(watermark.at()).toBe(0);
    watermark.delivered(8, true);
    expect(watermark.at()).toBeNull();
  });
});
