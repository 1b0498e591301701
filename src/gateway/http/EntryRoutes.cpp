#include "gateway/http/EntryPage.h"
#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

/// Long enough for a reload, short enough that what was published anew is there when it is asked for again.
constexpr const char* kCache = "public, max-age=60";
constexpr std::size_t kLongestKind = 64;

}  // namespace

EntryRoutes::EntryRoutes(Desk desk, const Pages& pages) : desk_(desk), pages_(pages) {
    desk_.router.get("/muc/{kind}/{id}", [this](Exchange& exchange) { page(exchange); });
}

void EntryRoutes::page(Exchange& exchange) {
    const auto kind = exchange.place(1), id = exchange.place(2);
    if (kind.size() > kLongestKind || !wire::isSlug(kind) || !wire::isEntryId(id))
        return answerProblem(exchange.response, 404);
    const auto language = Pages::languageOf(exchange.query("lang"));
    const auto other = otherLanguage("/muc/" + kind + "/" + id, language);
    const auto kinds = desk_.city.kinds->now();
    const auto* known = kinds->kind(kind);
    const auto found = known ? desk_.city.entries.entry(kind, id) : std::nullopt;
    if (!found) return showOutcome(exchange, pages_, 404, "entry_none", language, other);
    const EntryPage page(pages_, desk_.city.wards, desk_.config.directionsLink, language);
    pages_.show(exchange, {.language = language,
                           .title = {},
                           .main = page.main(*known, *found, exchange.now),
                           .otherUrl = other,
                           .formTargets = "'none'",
                           .heading = found->entry.title,
                           .cache = kCache});
}

}  // namespace tram::gateway
