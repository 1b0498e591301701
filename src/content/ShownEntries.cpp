#include "content/ShownEntries.h"

#include "catalogue/Freshness.h"

namespace tram::content {

const pack::RankSet& ShownEntries::of(const pack::PackFile& file, const catalogue::Catalogue& catalogue,
                                      base::WallTime now) {
    const auto today = catalogue::today(now);
    auto madeFor = today;
    for (const auto& kind : catalogue.kinds())
        madeFor += catalogue::isTooOld(kind, file.about().asOf, now) ? '-' : '+';
    if (ranks_ && madeFor == madeFor_) return *ranks_;
    pack::RankSet ranks(file.size());
    for (const auto& kind : catalogue.kinds()) {
        if (catalogue::isTooOld(kind, file.about().asOf, now)) continue;
        pack::ListQuery query{.kind = kind.id};
        if (!kind.until.empty()) query.notBefore = pack::FieldIs{kind.until, today};
        ranks |= file.ranks(query);
    }
    madeFor_ = std::move(madeFor);
    return ranks_.emplace(std::move(ranks));
}

}  // namespace tram::content
