import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Audience } from './audience.ts';
import { Member } from './member.ts';

const PICTURE = 20_000;

/** An audience on a clock of its own, with viewers `a`, `b` and so on in the group. */
class Hall {
  now = 10_000;
  readonly regrouped: [number, boolean][] = [];
  readonly audience = new Audience({
    regroup: (channel, isGrouped) => this.regrouped.push([channel, isGrouped]),
    now: () => this.now,
  });
  #channel = 0;
  #seq = 0;

  seat(viewer: string, isGrouped = true): Member {
    const member = new Member(++this.#channel, viewer);
    this.audience.add(member);
    this.audience.setGrouped(member, isGrouped);
    return member;
  }

  /** Sends so many pictures that the link has no room. */
  fill(member: Member): void {
    while (Number.isFinite(member.link.waitFor(this.now)))
      member.link.sent({ seq: ++this.#seq, bytes: PICTURE }, this.now);
  }

  answer(member: Member): void {
    member.link.acknowledged(this.#seq, this.now);
  }

  /** A picture that is there at once, and then one that takes so many ms. */
  tryOut(member: Member, ms: number): void {
    for (const [bytes, takes] of [
      [10, 1],
      [PICTURE, ms],
    ] as const) {
      member.link.sent({ seq: ++this.#seq, bytes }, this.now);
      this.now += takes;
      this.answer(member);
    }
  }

  get pacer(): string | undefined {
    return this.audience.pacer(this.now)?.viewer;
  }
}

test('the fastest who has room sets the pace while nobody is in control', () => {
  const hall = new Hall();
  const [fast, slow] = [hall.seat('fast'), hall.seat('slow')];
  hall.tryOut(fast, 10);
  hall.tryOut(slow, 300);
  assert.ok(fast.link.rate > slow.link.rate);
  assert.equal(hall.pacer, 'fast');
  hall.fill(fast);
  assert.equal(hall.pacer, 'slow');
});

test('the group goes at the pace of the one in control, and without it when it answers nothing any more', () => {
  const hall = new Hall();
  const [controller] = [hall.seat('controller'), hall.seat('other')];
  hall.audience.control('controller');
  assert.equal(hall.pacer, 'controller');
  hall.fill(controller);
  assert.equal(hall.pacer, undefined);
  assert.equal(hall.audience.groupRoomIn(hall.now), 1_000);
  hall.now += 1_000;
  assert.equal(hall.pacer, 'other');
  hall.answer(controller);
  assert.equal(hall.pacer, 'controller');
  hall.audience.control(undefined);
  hall.fill(controller);
  assert.equal(hall.pacer, 'other');
});

test('the group waits a moment for the one in control to be level, and not again and again', () => {
  const hall = new Hall();
  hall.seat('other');
  const controller = hall.seat('controller', false);
  hall.audience.control('controller');
  assert.equal(hall.pacer, undefined);
  assert.equal(hall.audience.groupRoomIn(hall.now), 1_000);
  assert.equal(hall.audience.joinIn(controller, 500), 0);
  hall.now += 1_000;
  assert.equal(hall.pacer, 'other');
  assert.equal(hall.audience.joinIn(controller, 500), 500);

  hall.audience.setGrouped(controller, true);
  hall.now += 1_000;
  hall.audience.setGrouped(controller, false);
  assert.equal(hall.pacer, 'other', 'it was waited for just now');
  hall.audience.setGrouped(controller, true);
  hall.now += 10_000;
  hall.audience.setGrouped(controller, false);
  assert.equal(hall.pacer, undefined);
});

test('a group gets only video that all in it can show', () => {
  const hall = new Hall();
  const wishes = { picture: 'auto', maxFps: 60, maxKBps: 0 } as const;
  const [high, base] = [hall.seat('high'), hall.seat('base')];
  high.wishes = { codecs: ['avc1.640028', 'avc1.42E028'], ...wishes };
  base.wishes = { codecs: ['avc1.42E028'], ...wishes };
  assert.deepEqual(hall.audience.codecsOf(high), ['avc1.42E028']);
});

test('who wants less than the group is not waited for, nor fits into it', () => {
  const hall = new Hall();
  const other = hall.seat('other');
  other.wishes = { codecs: [], picture: 'auto', maxFps: 60, maxKBps: 0 };
  const controller = hall.seat('controller', false);
  controller.wishes = { codecs: [], picture: 'auto', maxFps: 5, maxKBps: 0 };
  hall.audience.control('controller');
  assert.equal(hall.audience.fits(controller), false);
  assert.equal(hall.pacer, 'other');
});
