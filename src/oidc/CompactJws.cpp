#include "oidc/CompactJws.h"

#include <algorithm>

namespace tram::oidc {
namespace {

std::optional<base::SecretText> decoded(std::string_view part) {
    auto bytes = crypto::fromBase64Url(part);
    if (!bytes) return std::nullopt;
    base::SecretText text(std::string(bytes->begin(), bytes->end()));
    base::wipe(bytes->data(), bytes->size());
    return text;
}

}  // namespace

std::optional<CompactJws> CompactJws::split(std::string_view jwt, std::size_t limit) {
    if (jwt.size() > limit || std::ranges::count(jwt, '.') != 2) return std::nullopt;
    const auto first = jwt.find('.'), second = jwt.rfind('.');
    auto header = decoded(jwt.substr(0, first));
    auto claims = decoded(jwt.substr(first + 1, second - first - 1));
    auto signature = crypto::fromBase64Url(jwt.substr(second + 1));
    if (!header || !claims || !signature) return std::nullopt;
    return CompactJws{std::move(*header), std::move(*claims), jwt.substr(0, second), std::move(*signature)};
}

}  // namespace tram::oidc
