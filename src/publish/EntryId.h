#pragma once
#include <string>
#include <string_view>

#include "wire/Members.h"

namespace tram::publish {

using wire::isEntryId;

/// A name of its own for what another system calls something else (an address, "Tuyến 8/1"): sixteen
/// hexadecimal digits of its SHA-256, so that it stays from pack to pack. "" for "".
std::string derivedId(std::string_view text);

/// What another system calls it, as far as an entry may be called so, else derivedId.
std::string entryId(const std::string& text);

}  // namespace tram::publish
