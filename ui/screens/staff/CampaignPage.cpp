#include "ui/screens/staff/CampaignPage.h"

#include <algorithm>

#include "calendar/WorkingDays.h"
#include "catalogue/Values.h"
#include "form/Guide.h"
#include "ui/kit/Chart.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;

namespace {

constexpr std::size_t kDaysShown = 7, kUnitsShown = 12, kObstaclesShown = 6;
constexpr std::string_view kNotDone = "not_done:";
constexpr base::Millis kCampaignTick{1000};

std::string ofMany(std::int64_t counted, std::int64_t target) {
    return target > 0 ? std::to_string(counted) + " / " + std::to_string(target) : std::to_string(counted);
}

ViewRef campaignHeading(const std::string& text) {
    return paragraph(text, {.role = Type::Heading, .heading = true});
}

}  // namespace

CampaignPage::CampaignPage(Host& host, std::unique_ptr<campaign::CampaignFlow> flow, Calls calls)
    : host_(host), flow_(std::move(flow)), calls_(std::move(calls)) {
    flow_->onChange = [this] { changed(); };
}

void CampaignPage::changed() {
    if (flow_->undoable()) tick();
    host_.refresh();
}

/// While something can be taken back, for how long is told.
void CampaignPage::tick() {
    ticking_.renew();
    host_.services().scheduler.after(kCampaignTick, ticking_.token(), [this] { changed(); });
}

bool CampaignPage::back() {
    if (hindered_) {
        hindered_ = false;
        host_.refresh();
        return true;
    }
    return flow_->back();
}

/// The station's own, where the plan has it; else whichever was chosen last.
std::string CampaignPage::unit() const {
    const auto* shown = flow_->campaign();
    if (!shown) return "";
    if (shown->hasUnit(unit_)) return unit_;
    const auto& own = host_.services().config.guides.group;
    if (shown->hasUnit(own)) return own;
    return shown->units.empty() ? "" : shown->units.front().name;
}

/// As the guide says it, in the reader's language; a campaign's first guide is what a tap counts.
std::vector<CampaignPage::Reason> CampaignPage::reasons() const {
    const auto* shown = flow_->campaign();
    const auto city = host_.services().city();
    const auto* kind = city->catalogue().kind("guide");
    if (!shown || !kind || shown->guides.empty()) return {};
    const auto item = city->entry("guide", shown->guides.front());
    if (!item) return {};
    const auto values = catalogue::fieldValues(*kind, item->entry.fields);
    const auto* document = catalogue::valueOf(values, kind->guide);
    const auto guide =
        document ? form::Guide::parse(document->text) : base::fail(base::ProblemKind::NotFound);
    if (!guide) return {};
    std::vector<Reason> all;
    for (const auto& outcome : guide->outcomes)
        if (outcome.id.starts_with(kNotDone))
            all.push_back({outcome.id.substr(kNotDone.size()), outcome.label.in(host_.session().language)});
    return all;
}

ViewRef CampaignPage::nothing(const char* title, const char* what, const char* sign) const {
    return card(row({icon(sign, 44, Colour::Primary),
                     grow(column({paragraph(host_.tr(title), {.role = Type::Heading, .heading = true}),
                                  muted(host_.tr(what))},
                                 {.gap = 4}))},
                    {.gap = 18, .flow = false}));
}

ViewRef CampaignPage::choosing() {
    Views rows{campaignHeading(host_.tr("staff.campaign.choose"))};
    for (const auto& one : flow_->campaigns())
        rows.push_back(
            listRow({.id = "campaign." + one.id,
                     .icon = "install_mobile",
                     .title = one.title.in(host_.session().language),
                     .detail = host_.tr("staff.campaign.until", {{"day", calendar::shown(one.deadline)}}),
                     .right = ofMany(one.counted(), one.target()),
                     .onPress = [this, id = one.id] { flow_->open(id); }}));
    return card(column(std::move(rows), {.gap = 8}));
}

ViewRef CampaignPage::head(const wire::Campaign& shown) {
    const auto now = flow_->progress();
    const auto span = flow_->span();
    const auto left = !span.begun ? host_.tr("staff.campaign.from", {{"day", calendar::shown(shown.from)}})
                      : span.over
                          ? host_.tr("staff.campaign.over")
                          : host_.tr("staff.campaign.days_left", {{"count", std::to_string(span.daysLeft)},
                                                                  {"day", calendar::shown(shown.deadline)}});
    auto title = row(
        {grow(paragraph(shown.title.in(host_.session().language), {.role = Type::Title, .heading = true})),
         statusPill({.text = ofMany(now.counted, now.target),
                     .mood = now.reached() ? Mood::Ok : Mood::Info,
                     .id = "campaign.progress"})},
        {.gap = 18});
    const double share = now.target > 0 ? std::min(1.0, static_cast<double>(now.counted) / now.target) : 0;
    const auto asOf = clockTime(host_.services().clock.wall() - flow_->age());
    auto state = muted(left + " · " + host_.tr("staff.campaign.as_of", {{"time", asOf}}));
    ViewRef poster;
    if (calls_.poster && host_.services().printer)
        poster = button({.id = "campaign.poster",
                         .label = host_.tr("staff.campaign.poster"),
                         .icon = "print",
                         .onPress = [this, shown] {
                             host_.open(std::make_unique<PrintScreen>(host_, calls_.poster(shown)));
                         }});
    return card(column({title, progressBar(share, ofMany(now.counted, now.target)),
                        poster ? row({grow(state), poster}, {.gap = 18}) : state},
                       {.gap = 16}));
}

ViewRef CampaignPage::counting(const wire::Campaign& shown) {
    Views units, groups;
    for (const auto& one : shown.units)
        units.push_back(staffChoice("unit." + std::to_string(units.size()), one.name, unit() == one.name,
                                    [this, name = one.name] {
                                        unit_ = name;
                                        host_.refresh();
                                    }));
    for (const auto& one : shown.groups)
        groups.push_back(staffChoice("group." + one.id, one.name.in(host_.session().language),
                                     group_ == one.id, [this, id = one.id] {
                                         group_ = group_ == id ? std::string() : id;
                                         host_.refresh();
                                     }));
    auto one = primary("tap.count", host_.tr("staff.campaign.count"), "add", [this] {
        if (flow_->count(unit(), group_) && calls_.counted) calls_.counted("installed");
        host_.refresh();
    });
    one.enabled = flow_->span().begun && !flow_->span().over;
    Views taps{button(std::move(one)), button({.id = "tap.hinder",
                                               .label = host_.tr("staff.campaign.hinder"),
                                               .icon = "block",
                                               .onPress = [this] {
                                                   hindered_ = !hindered_;
                                                   host_.refresh();
                                               }})};
    if (flow_->undoable()) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(flow_->undoLeft()).count();
        taps.push_back(
            button({.id = "tap.undo",
                    .label = host_.tr("staff.campaign.undo", {{"seconds", std::to_string(seconds)}}),
                    .icon = "undo",
                    .onPress = [this] { flow_->undo(); },
                    .spoken = host_.tr("staff.campaign.undo.spoken")}));
    }
    Views parts{campaignHeading(host_.tr("staff.campaign.away")),
                muted(host_.tr("staff.campaign.away.what")),
                wrap(std::move(units), 12),
                groups.empty() ? nullptr : campaignHeading(host_.tr("staff.campaign.group")),
                groups.empty() ? nullptr : wrap(std::move(groups), 12),
                row(std::move(taps), {.gap = 16})};
    if (hindered_) {
        Views why;
        for (const auto& reason : reasons())
            why.push_back(button(
                {.id = "reason." + reason.id, .label = reason.label, .onPress = [this, id = reason.id] {
                     hindered_ = false;
                     if (flow_->hinder(unit(), group_, id) && calls_.counted) calls_.counted("not_done");
                     host_.refresh();
                 }}));
        parts.push_back(why.empty() ? muted(host_.tr("staff.campaign.no_reasons"))
                                    : grid(2, std::move(why), {.gap = 12, .minWidth = 320}));
    }
    if (flow_->notKept())
        parts.push_back(banner({.mood = Mood::Danger,
                                .icon = "error",
                                .title = problemText(host_, *flow_->notKept()).title,
                                .text = host_.tr("staff.campaign.not_kept"),
                                .id = "campaign.trouble"}));
    return card(column(std::move(parts), {.gap = 16}));
}

ViewRef CampaignPage::days() {
    auto line = flow_->line();
    if (line.empty()) return nullptr;
    if (line.size() > kDaysShown) line.erase(line.begin(), line.end() - kDaysShown);
    ChartOptions chart{.id = "campaign.days", .spoken = host_.tr("staff.campaign.days"), .marks = {}};
    for (const auto& day : line)
        chart.marks.push_back({calendar::shown(day.day).substr(0, 5), static_cast<double>(day.count),
                               std::to_string(day.count), calendar::shown(day.day)});
    return card(
        column({campaignHeading(host_.tr("staff.campaign.days")), barChart(std::move(chart))}, {.gap = 16}));
}

ViewRef CampaignPage::units() {
    ChartOptions chart{
        .id = "campaign.units", .spoken = host_.tr("staff.campaign.units"), .marks = {}, .most = 100};
    std::string silent;
    for (const auto& one : flow_->units()) {
        if (one.silent) silent += (silent.empty() ? "" : ", ") + one.unit->name;
        if (chart.marks.size() < kUnitsShown)
            chart.marks.push_back({one.unit->name, static_cast<double>(std::min(one.progress.percent(), 100)),
                                   ofMany(one.progress.counted, one.progress.target)});
    }
    if (chart.marks.empty()) return nullptr;
    return card(
        column({campaignHeading(host_.tr("staff.campaign.units")), shareChart(std::move(chart)),
                silent.empty() ? nullptr
                               : banner({.mood = Mood::Warn,
                                         .icon = "notifications",
                                         .text = host_.tr("staff.campaign.silent", {{"units", silent}}),
                                         .id = "campaign.silent"})},
               {.gap = 16}));
}

ViewRef CampaignPage::obstacles() {
    auto all = flow_->obstacles();
    if (all.empty()) return nullptr;
    if (all.size() > kObstaclesShown) all.resize(kObstaclesShown);
    const auto known = reasons();
    ChartOptions chart{
        .id = "campaign.obstacles", .spoken = host_.tr("staff.campaign.obstacles"), .marks = {}};
    for (const auto& one : all) {
        const auto word = std::ranges::find(known, one.reason, &Reason::id);
        chart.marks.push_back({word == known.end() ? one.reason : word->label, static_cast<double>(one.count),
                               std::to_string(one.count)});
    }
    return card(column({campaignHeading(host_.tr("staff.campaign.obstacles")), shareChart(std::move(chart))},
                       {.gap = 16}));
}

ViewRef CampaignPage::render() {
    const auto& state = flow_->state();
    const auto* shown = flow_->campaign();
    if (shown)
        return staffBody(host_, "page.campaign",
                         {head(*shown), counting(*shown), days(), units(), obstacles()});
    ViewRef told;
    if (std::holds_alternative<campaign::situation::Choosing>(state)) told = choosing();
    if (std::holds_alternative<campaign::situation::Loading>(state))
        told = card(muted(host_.tr("staff.campaign.loading")));
    if (std::holds_alternative<campaign::situation::NotTold>(state))
        told = nothing("staff.campaign.not_told.title", "staff.campaign.not_told.what", "cloud_off");
    if (std::holds_alternative<campaign::situation::None>(state))
        told = nothing("staff.campaign.none.title", "staff.campaign.none.what", "event_busy");
    if (std::holds_alternative<campaign::situation::TooNew>(state))
        told = nothing("staff.campaign.too_new.title", "staff.campaign.too_new.what", "info");
    if (std::holds_alternative<campaign::situation::Unreadable>(state))
        told = nothing("staff.campaign.unreadable.title", "staff.campaign.unreadable.what", "error");
    return staffBody(host_, "page.campaign", {told});
}

}  // namespace tram::screens
