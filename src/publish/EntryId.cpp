#include "publish/EntryId.h"

#include <algorithm>

#include "crypto/Bytes.h"

namespace tram::publish {

namespace {

constexpr std::size_t kMaxId = 64;

bool mayStandInId(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

}  // namespace

bool isEntryId(std::string_view text) {
    return !text.empty() && text.size() <= kMaxId && std::ranges::all_of(text, mayStandInId);
}

std::string derivedId(std::string_view text) {
    return text.empty() ? "" : crypto::sha256Hex(crypto::view(text)).substr(0, 16);
}

std::string entryId(const std::string& text) {
    return isEntryId(text) ? text : derivedId(text);
}

}  // namespace tram::publish
