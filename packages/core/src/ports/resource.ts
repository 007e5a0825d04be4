/** Something that was opened and must be closed. */
export interface Resource {
  /** Finishes what is under way, then lets go. Calling it again does nothing. */
  close(): Promise<void>;
}
