#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::gateway {

/// The pretend city signs and publishes for the kiosks of a demo, as a real one would by hand: its signers'
/// keys are made once (dataDir/demo-signers), two of them sign a manifest of `packs`/*.pack, and `content
/// take` takes it. Anew when the packs have changed or a month before it expires. False: nothing to do.
base::Result<bool> publishDemoContent(const std::filesystem::path& dataDir,
                                      const std::filesystem::path& packs, base::WallTime now);

}  // namespace tram::gateway
