#include "publish/EntryId.h"

#include "crypto/Bytes.h"

namespace tram::publish {

std::string derivedId(std::string_view text) {
    return text.empty() ? "" : crypto::sha256Hex(crypto::view(text)).substr(0, 16);
}

std::string entryId(const std::string& text) {
    return isEntryId(text) ? text : derivedId(text);
}

}  // namespace tram::publish
