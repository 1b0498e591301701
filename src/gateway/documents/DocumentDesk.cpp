#include "gateway/documents/DocumentDesk.h"

#include <algorithm>
#include <tuple>

#include "base/Log.h"
#include "base/VietnameseText.h"
#include "wire/Link.h"
#include "wire/Members.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using wire::MyDocument;

namespace {

constexpr std::size_t kMostLine = 120, kMostName = 64;  // characters
constexpr std::size_t kShortestNumber = 6, kShown = 3;

bool isDigit(char c) {
    return '0' <= c && c <= '9';
}

std::string line(const std::string& text) {
    return withoutNumbers(base::firstCharacters(base::clean(text), kMostLine));
}

void makeTidy(MyDocument& document) {
    document.name = line(document.name);
    document.issuer = line(document.issuer);
    if (!wire::isDate(document.issued)) document.issued.clear();
    if (!wire::isDate(document.expires)) document.expires.clear();
    if (!wire::isHttpsLink(document.link)) document.link.clear();
}

tl::unexpected<base::Problem> silent() {
    return base::fail(ProblemKind::ServerFault, {{"detail", "source"}});
}

}  // namespace

std::string withoutNumbers(const std::string& text) {
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && isDigit(text[end])) ++end;
        const auto digits = end - at;
        if (digits == 0) {
            shown += text[at++];
            continue;
        }
        const auto hidden = digits >= kShortestNumber ? digits - kShown : 0;
        for (std::size_t i = 0; i < hidden; ++i) shown += "•";
        shown.append(text, at + hidden, digits - hidden);
        at = end;
    }
    return shown;
}

Result<wire::MyDocuments> DocumentDesk::ofOwner(const DossierOwner& owner, base::WallTime now) {
    const FewAtOnce::Place place(few_);
    if (!source_ || !place.taken()) return silent();
    auto asked = source_->ofOwner(owner);
    if (!asked) {
        // How it failed, never whose.
        base::log::warning("documents.source_failed", {{"kind", asked.error().kind}});
        return silent();
    }
    for (auto& document : *asked) makeTidy(document);
    std::erase_if(*asked, [](const auto& document) { return document.name.empty(); });
    std::ranges::sort(*asked, [](const MyDocument& a, const MyDocument& b) {
        return std::tie(b.issued, a.name) < std::tie(a.issued, b.name);
    });
    if (asked->size() > wire::MyDocuments::kMost) asked->resize(wire::MyDocuments::kMost);
    const auto link = source_->link();
    return wire::MyDocuments{std::move(*asked), wire::isHttpsLink(link) ? link : "",
                             base::firstCharacters(source_->sourceName(), kMostName), base::toRfc3339(now)};
}

}  // namespace tram::gateway
