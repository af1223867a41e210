/** The little of WebAssembly's interface that is used here; TypeScript knows it only together with all of the DOM. */
interface Api {
  compile(bytes: BufferSource): Promise<WasmModule>;
  instantiate(module: WasmModule, imports?: object): Promise<{ exports: unknown }>;
}
type BufferSource = ArrayBuffer | Uint8Array<ArrayBuffer>;

/** A compiled module. */
export type WasmModule = object & { readonly wasmModule?: never };

export interface WasmMemory {
  /** Changes whenever the memory grows; views of the one before are then empty. */
  readonly buffer: ArrayBuffer;
  /** Throws `RangeError` when there is no more. */
  grow(pages: number): number;
}

const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: Api };
const PAGE = 65_536;

/** Compiles a module. Rejects when the bytes are not one, or the page's policy forbids it (`wasm-unsafe-eval`). */
export function compileWasm(bytes: BufferSource): Promise<WasmModule> {
  return wasm.compile(bytes);
}

/** A fresh instance with its own memory. `Exports` is what the caller knows that the module has. */
export async function instantiateWasm<Exports>(module: WasmModule): Promise<Exports & { memory: WasmMemory }> {
  const { exports } = await wasm.instantiate(module);
  return exports as Exports & { memory: WasmMemory };
}

/** Makes the memory at least so many bytes large. */
export function growTo(memory: WasmMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}
