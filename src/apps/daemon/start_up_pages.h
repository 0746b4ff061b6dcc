// Memory that only starting up has needed.
#pragma once

namespace hotseat {

// Gives back the code and constants of every loaded object. Relocating and initialising the sixty
// libraries that libvirt's client brings along reads half of them once, and they then count as
// resident for good. What is needed later comes from the page cache again, without reading a disk
// unless memory is short. Call it once, when started; other threads may be running.
void release_start_up_pages();

}  // namespace hotseat
