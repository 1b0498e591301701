#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;
using feedback::Issue;
using feedback::Step;

namespace {
constexpr std::size_t kResults = 6;
}

ViewRef FeedbackScreen::wardRow(const content::Ward& ward, const std::string& detail) {
    const bool chosen = ward.code == flow_.draft().wardCode;
    return listRow({.id = "ward." + ward.code,
                    .icon = chosen ? "check_circle" : "place",
                    .pair = chosen ? TilePair::Green : TilePair::Blue,
                    .title = ward.fullName,
                    .detail = detail,
                    .right = chosen ? host_.tr("feedback.place.chosen") : "",
                    .selected = chosen,
                    .onPress = [this, code = ward.code] {
                        search_->clear();
                        host_.leaveField();
                        flow_.setWard(code);
                    }});
}

ViewRef FeedbackScreen::wardResults() {
    const auto query = search_->text();
    const auto& wards = host_.services().wards;
    Views rows;
    if (query.empty()) {
        const auto& home = host_.services().station.wardCode;
        const auto& chosen = flow_.draft().wardCode;
        if (const auto* ward = wards.byCode(home))
            rows.push_back(wardRow(*ward, host_.tr("feedback.place.here")));
        if (const auto* ward = wards.byCode(chosen); ward && chosen != home)
            rows.push_back(wardRow(*ward, ""));
    } else {
        for (const auto& match : wards.search(query, kResults))
            rows.push_back(wardRow(*match.ward, match.oldName.empty() ? std::string()
                                                                      : host_.tr("feedback.place.formerly",
                                                                                 {{"old", match.oldName}})));
        if (rows.empty()) {
            rows.push_back(muted(host_.tr("feedback.place.none", {{"query", query}})));
            if (const auto* ward = wards.byCode(flow_.draft().wardCode)) rows.push_back(wardRow(*ward, ""));
        }
    }
    return column(std::move(rows), {.gap = 16});
}

Page FeedbackScreen::placePage() {
    auto search = textField({.id = "ward.search",
                             .model = search_,
                             .placeholder = host_.tr("feedback.place.search"),
                             .label = host_.tr("feedback.place.ward"),
                             .error = issueText({Issue::WardMissing}),
                             .icon = "search",
                             .spoken = host_.tr("feedback.place.search.label")});
    auto address = textField({.id = "address",
                              .model = address_,
                              .placeholder = host_.tr("feedback.place.address.hint"),
                              .label = host_.tr("feedback.place.address")});
    auto landmark = textField({.id = "landmark",
                               .model = landmark_,
                               .placeholder = host_.tr("feedback.place.landmark.hint"),
                               .label = host_.tr("feedback.place.landmark")});
    Views rows{stepTitle(Step::Place, "feedback.place.title"), search, wardResults(), address, landmark};
    // The keyboard leaves large letters little room: whoever searches sees the search and what it finds.
    if (largeText(host_) && !search_->empty())
        rows =
            host_.theme().portrait() ? Views{search, wardResults()} : Views{grid(2, {search, wardResults()})};
    return {.content = body(host_, "page.place", std::move(rows)),
            .right = {nextButton()},
            .fields = {{"ward.search", {search_}}, {"address", {address_}}, {"landmark", {landmark_}}}};
}

}  // namespace tram::screens
