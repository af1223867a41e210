/** Types of the npm package `x11`, for exactly what is used here. Sizes are pixels, ids are XIDs. */
declare module 'x11' {
  /** Called once with the reply. Returning true says that an error was dealt with. */
  export type Reply<T> = (error: Error | null | undefined, reply: T) => boolean;

  /** Any event: `rawData` is the packet as it came, at least 32 bytes, little endian. */
  export interface XEvent {
    type: number;
    name?: string;
    rawData: Buffer;
  }

  export interface Visual {
    class: number;
    red_mask: number;
    green_mask: number;
    blue_mask: number;
  }

  export interface Screen {
    root: number;
    root_visual: number;
    root_depth: number;
    pixel_width: number;
    pixel_height: number;
    white_pixel: number;
    black_pixel: number;
    depths: Record<number, Record<number, Visual>>;
  }

  export interface Display {
    screen: Screen[];
    format: Record<number, { bits_per_pixel: number; scanline_pad: number }>;
    image_byte_order: number;
    min_keycode: number;
    max_keycode: number;
  }

  export interface Property {
    type: number;
    format: number;
    data: Buffer;
  }

  export interface Geometry {
    depth: number;
    width: number;
    height: number;
  }

  interface ExtensionBase {
    majorOpcode: number;
    firstEvent: number;
  }

  export interface Damage extends ExtensionBase {
    Create(damage: number, drawable: number, level: number): void;
    Destroy(damage: number): void;
    /** Region 0 is None: everything is subtracted. */
    Subtract(damage: number, repair: number, parts: number): void;
  }

  export interface CursorImage {
    width: number;
    height: number;
    xhot: number;
    yhot: number;
    cursorSerial: number;
    cursorImage: Buffer;
  }

  export interface Fixes extends ExtensionBase {
    SelectCursorInput(window: number, mask: number): void;
    GetCursorImage(reply: Reply<CursorImage>): void;
  }

  export interface Segment {
    readonly shmseg: number;
    readonly buffer: Buffer;
    readback(offset: number, length: number): void;
    detach(): void;
  }

  export interface Shm extends ExtensionBase {
    createSegment(size: number, reply: Reply<Segment>): void;
    GetImage(
      drawable: number,
      x: number,
      y: number,
      width: number,
      height: number,
      planeMask: number,
      format: number,
      segment: number,
      offset: number,
      reply: Reply<{ size: number }>,
    ): void;
  }

  export interface ScreenInfo {
    config_timestamp: number;
    sizeID: number;
    rotation: number;
    screens: { px_width: number; px_height: number }[];
  }

  export interface ModeInfo {
    id: number;
    width: number;
    height: number;
    dot_clock: number;
    h_sync_start: number;
    h_sync_end: number;
    h_total: number;
    h_skew: number;
    v_sync_start: number;
    v_sync_end: number;
    v_total: number;
    modeflags: number;
    name: string;
  }

  export interface Randr extends ExtensionBase {
    GetScreenResourcesCurrent(window: number, reply: Reply<{ outputs: number[] }>): void;
    CreateMode(window: number, mode: ModeInfo, reply: Reply<number>): void;
    AddOutputMode(output: number, mode: number): void;
    major_version: number;
    minor_version: number;
    SelectInput(window: number, mask: number): void;
    GetScreenInfo(window: number, reply: Reply<ScreenInfo>): void;
    SetScreenConfig(
      window: number,
      time: number,
      configTime: number,
      size: number,
      rotation: number,
      rate: number,
      reply: Reply<{ status: number }>,
    ): void;
  }

  export interface Test extends ExtensionBase {
    FakeInput(type: number, detail: number, delay: number, window: number, x: number, y: number): void;
  }

  export interface XInput extends ExtensionBase {
    xi2: { majorVersion: number; minorVersion: number } | null;
    XISelectEvents(window: number, masks: { deviceId: number; mask: number }): void;
    XIQueryDevice(deviceId: number, reply: Reply<{ deviceId: number; use: number; name: string }[]>): void;
  }

  export interface XkbStateReply {
    mods: number;
    baseMods: number;
    latchedMods: number;
    lockedMods: number;
    group: number;
    lockedGroup: number;
    baseGroup: number;
    latchedGroup: number;
  }

  export interface XkbControls {
    enabledControls: number;
  }

  export interface Xkb extends ExtensionBase {
    supported: number;
    SelectEvents(
      device: number,
      affectWhich: number,
      clear: number,
      selectAll: number,
      affectMap: number,
      map: number,
    ): void;
    GetState(device: number, reply: Reply<XkbStateReply>): void;
    LatchLockState(
      device: number,
      affectModLocks: number,
      modLocks: number,
      lockGroup: boolean,
      groupLock: number,
      affectModLatches: number,
      modLatches: number,
      latchGroup: boolean,
      groupLatch: number,
    ): void;
    GetControls(device: number, reply: Reply<XkbControls>): void;
    GetNames(device: number, which: number, reply: Reply<{ firstKey: number; keyNames: string[] }>): void;
  }

  export interface Extensions {
    damage: Damage;
    fixes: Fixes;
    shm: Shm;
    randr: Randr;
    xtest: Test;
    xinput: XInput;
    xkb: Xkb;
  }

  export interface CursorColour {
    R: number;
    G: number;
    B: number;
  }

  export interface Client {
    readonly stream?: import('node:net').Socket;
    readonly pack_stream: { put(bytes: Buffer): void; submit(expectsReply?: boolean): boolean };
    /** Sequence number of the last request; a request packed by hand takes the next one. */
    seq_num: number;
    readonly replies: Record<number, [(body: Buffer, detail: number) => unknown, Reply<never>]>;
    on(event: 'event', listener: (event: XEvent) => void): this;
    on(event: 'error', listener: (error: Error & { seq?: number }) => void): this;
    on(event: 'end', listener: () => void): this;
    require<Name extends keyof Extensions>(name: Name, reply: Reply<Extensions[Name]>): void;
    AllocID(): number;
    ReleaseID(id: number): void;
    sync(reply: (error: Error | null) => void): void;
    terminate(): void;
    GetProperty(
      remove: number,
      window: number,
      name: number,
      type: number,
      offset: number,
      length: number,
      reply: Reply<Property>,
    ): void;
    /** Mode 0 replaces, 2 appends. */
    ChangeProperty(mode: number, window: number, name: number, type: number, format: number, data: number[]): void;
    ChangeWindowAttributes(window: number, values: { eventMask?: number; cursor?: number }): void;
    GetGeometry(drawable: number, reply: Reply<Geometry>): void;
    GetImage(
      format: number,
      drawable: number,
      x: number,
      y: number,
      width: number,
      height: number,
      planeMask: number,
      reply: Reply<{ data: Buffer }>,
    ): void;
    QueryPointer(window: number, reply: Reply<{ rootX: number; rootY: number; keyMask: number }>): void;
    QueryKeymap(reply: Reply<Buffer>): void;
    ChangeKeyboardMapping(firstKeycode: number, keysymsPerKeycode: number, keysyms: number[]): void;
    CreateWindow(
      id: number,
      parent: number,
      x: number,
      y: number,
      width: number,
      height: number,
      borderWidth: number,
      depth: number,
      windowClass: number,
      visual: number,
      values: { eventMask?: number; overrideRedirect?: boolean; backgroundPixel?: number },
    ): void;
    DestroyWindow(window: number): void;
    MapWindow(window: number): void;
    MoveWindow(window: number, x: number, y: number): void;
    QueryTree(window: number, reply: Reply<{ root: number; parent: number; children: number[] }>): void;
    SetInputFocus(window: number, revertTo: number): void;
    CreateGC(id: number, drawable: number, values: { foreground?: number; graphicsExposures?: number }): void;
    ChangeGC(id: number, values: { foreground?: number }): void;
    PolyFillRectangle(drawable: number, gc: number, coordinates: number[]): void;
    PutImage(
      format: number,
      drawable: number,
      gc: number,
      width: number,
      height: number,
      x: number,
      y: number,
      leftPad: number,
      depth: number,
      data: Buffer,
    ): void;
    CopyArea(
      source: number,
      target: number,
      gc: number,
      sourceX: number,
      sourceY: number,
      x: number,
      y: number,
      width: number,
      height: number,
    ): void;
    CreatePixmap(id: number, drawable: number, depth: number, width: number, height: number): void;
    CreateCursor(
      id: number,
      source: number,
      mask: number,
      fore: CursorColour,
      back: CursorColour,
      x: number,
      y: number,
    ): void;
    WarpPointer(
      source: number,
      target: number,
      sourceX: number,
      sourceY: number,
      sourceWidth: number,
      sourceHeight: number,
      x: number,
      y: number,
    ): void;
  }

  export interface ClientOptions {
    display: string;
    auth?: { name: string; data: string };
    shm?: boolean;
    bufferRequests?: boolean;
  }

  const x11: {
    /** Throws on a display name that makes no sense; everything else comes through the callback, or as an 'error' event. */
    createClient(options: ClientOptions, ready: (error: Error | undefined, display: Display) => void): Client;
    keySyms: Record<string, { code: number; description: string | null }>;
  };
  export default x11;
}
