#include "identity/ScannedLink.h"

#include <algorithm>

#include "crypto/Bytes.h"

namespace tram::identity {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::size_t kMaxParts = 64, kReceiptSecretBytes = 16;

bool isHostCharacter(char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-' || c == '.';
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string decoded(std::string_view part) {
    std::string out;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const auto byte = part[i] == '%' ? crypto::fromHex(lower(part.substr(i + 1, 2))) : std::nullopt;
        const bool escape = byte && byte->size() == 1;
        out += escape ? static_cast<char>(byte->front()) : part[i];
        if (escape) i += 2;
    }
    return out;
}

}  // namespace

std::string linkHost(std::string_view url) {
    if (lower(url.substr(0, kScheme.size())) != kScheme) return "";
    const auto rest = url.substr(kScheme.size());
    std::string host = lower(rest.substr(0, rest.find_first_of("/?#")));
    if (host.ends_with(":443")) host.resize(host.size() - 4);
    return std::ranges::all_of(host, isHostCharacter) ? host : "";
}

std::vector<std::string> linkParts(std::string_view url) {
    std::vector<std::string> parts;
    const auto start = url.find_first_of("/?#", kScheme.size());
    auto rest = start == url.npos ? std::string_view() : url.substr(start);
    while (!rest.empty() && parts.size() < kMaxParts) {
        const auto end = rest.find_first_of("/?#&=");
        if (end != 0) parts.push_back(decoded(rest.substr(0, end)));
        rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
    }
    return parts;
}

bool isReceiptSecret(std::string_view text) {
    const auto bytes = crypto::fromBase64Url(text);
    return bytes && bytes->size() == kReceiptSecretBytes;
}

}  // namespace tram::identity
