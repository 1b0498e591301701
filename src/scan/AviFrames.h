#pragma once
#include <span>
#include <vector>

#include "base/Result.h"

namespace tram::scan {

/// Whether it begins as an .avi does (RIFF … AVI).
bool isAvi(std::span<const unsigned char> bytes);

/// The pictures of a Motion JPEG video: every `00dc`, `01dc` … or `00db` chunk that begins as a JPEG does, in
/// order, as parts of `bytes`. It trusts no index and no count, only lengths that fit. PictureUnreadable when
/// there are none (another codec, or no .avi).
base::Result<std::vector<std::span<const unsigned char>>> aviFrames(std::span<const unsigned char> bytes,
                                                                    std::size_t most);

}  // namespace tram::scan
