#pragma once

namespace tram::crypto {

/// Makes libsodium ready; cheap after the first time, from any thread.
void ensureSodium();

}  // namespace tram::crypto
