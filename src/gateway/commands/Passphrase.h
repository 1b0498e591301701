#pragma once
#include <string>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::gateway {

/// Never from the command line, which every user of the machine can read. From `file` (closed to others, else
/// KeyExposed); without one from the terminal, unseen, and twice when it `isNew`; or, when there is no
/// terminal, the first line of standard input. OutOfRange when a new one is too short.
base::Result<base::SecretText> readPassphrase(const std::string& file, bool isNew);

}  // namespace tram::gateway
