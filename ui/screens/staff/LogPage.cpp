#include "ui/screens/staff/LogPage.h"

#include <array>

#include "base/VietnameseText.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

using namespace kit;

namespace {

/// What supervisors look for; each is a set of one event, but for everything.
constexpr std::array<const char*, 6> kLogEvents{"",           "sign_in_refused", "consent_refused",
                                                "help_ended", "set_aside",       "left_full_screen"};
constexpr base::Millis kLogDay = std::chrono::hours(24), kLogWeek = std::chrono::hours(24 * 7);

/// A word for it, or the word as it stands there: a later program may have written it.
std::string logWord(const Host& host, const std::string& key, const std::string& otherwise) {
    auto word = host.tr(key);
    return word == key ? base::clean(otherwise) : word;
}

/// "01/12 09:42:07", as the clock of the station had it.
std::string logMoment(base::WallTime time) {
    const auto text = base::toRfc3339(time);
    return text.substr(8, 2) + "/" + text.substr(5, 2) + " " + text.substr(11, 8);
}

}  // namespace

LogPage::LogPage(Host& host, Calls calls) : host_(host), calls_(std::move(calls)) {
    look(std::nullopt);
}

void LogPage::look(std::optional<ledger::Place> before) {
    here_ = before;
    auto& scheduler = host_.services().scheduler;
    lifetime_.renew();
    scheduler.background(
        [this, &scheduler, token = lifetime_.token(), read = calls_.read, filter = filter_, before] {
            auto found = std::make_shared<base::Result<ledger::Page>>(read(filter, before));
            scheduler.onUi(token, [this, found] { looked(std::move(*found)); });
        });
}

void LogPage::looked(base::Result<ledger::Page> page) {
    page_ = std::move(page);
    host_.refresh();
}

void LogPage::choose(ledger::Filter filter) {
    filter_ = std::move(filter);
    newer_.clear();
    look(std::nullopt);
}

ViewRef LogPage::filters() {
    Views events, days;
    for (const auto* event : kLogEvents) {
        const std::string name = event;
        events.push_back(staffChoice("log.event." + (name.empty() ? "all" : name),
                                     host_.tr(name.empty() ? "staff.log.all" : "log.event." + name),
                                     filter_.event == name, [this, name] {
                                         auto filter = filter_;
                                         filter.event = name;
                                         choose(std::move(filter));
                                     }));
    }
    struct Span {
        Days days;
        const char* name;
        base::Millis length;
    };
    for (const auto& span : {Span{Days::All, "all_days", {}}, Span{Days::Today, "day", kLogDay},
                             Span{Days::Week, "week", kLogWeek}})
        days.push_back(staffChoice(std::string("log.") + span.name,
                                   host_.tr(std::string("staff.log.") + span.name), days_ == span.days,
                                   [this, span] {
                                       auto filter = filter_;
                                       days_ = span.days;
                                       filter.from.reset();
                                       if (span.length.count() > 0)
                                           filter.from = host_.services().clock.wall() - span.length;
                                       choose(std::move(filter));
                                   }));
    return column({wrap(std::move(events), 12), wrap(std::move(days), 12)}, {.gap = 12});
}

std::string LogPage::detailOf(const ledger::Event& event) const {
    std::string all;
    for (const auto& [member, value] : event.members) {
        const auto* count = std::get_if<std::int64_t>(&value);
        const auto text = count ? std::to_string(*count)
                                : logWord(host_, "log.value." + member + "." + std::get<std::string>(value),
                                          std::get<std::string>(value));
        all += (all.empty() ? "" : " · ") + logWord(host_, "log.member." + member, member) + ": " + text;
    }
    return all;
}

ViewRef LogPage::rowOf(const ledger::Row& row) {
    const auto& line = row.line;
    const auto name = line.staff.empty() ? std::string() : calls_.nameOf(line.staff);
    const auto who = name.empty() ? line.staff : name + " (" + line.staff + ")";
    const auto detail = detailOf({ledger::Kind::HelpStarted, "", "", line.members});
    const auto what = logWord(host_, "log.event." + line.event, line.event);
    return listRow({.id = "line." + std::to_string(row.chain) + "." + std::to_string(line.n),
                    .icon = row.holds ? "history" : "error",
                    .pair = row.holds ? TilePair::Blue : TilePair::Red,
                    .title = what,
                    .state = row.holds ? std::string() : host_.tr("staff.log.edited"),
                    .mood = Mood::Danger,
                    .detail = who.empty() || detail.empty() ? who + detail : who + " · " + detail,
                    .right = logMoment(line.at),
                    // Whose helper was refused is found by one press on a line of theirs.
                    .onPress = line.staff.empty() ? Action() : Action([this, staff = line.staff] {
                        auto filter = filter_;
                        filter.staff = filter.staff == staff ? std::string() : staff;
                        choose(std::move(filter));
                    })});
}

ViewRef LogPage::list() {
    if (!page_) return muted(host_.tr("staff.log.looking"));
    if (!*page_) {
        const auto text = problemText(host_, page_->error());
        return banner({.mood = Mood::Danger,
                       .icon = text.icon,
                       .title = text.title,
                       .text = text.what,
                       .id = "log.problem"});
    }
    const auto& page = **page_;
    Views rows;
    if (!filter_.staff.empty())
        rows.push_back(row(
            {grow(paragraph(host_.tr("staff.log.of", {{"who", filter_.staff}}), {.role = Type::BodyStrong})),
             button({.id = "log.everybody",
                     .label = host_.tr("staff.log.everybody"),
                     .icon = "groups",
                     .onPress =
                         [this] {
                             auto filter = filter_;
                             filter.staff.clear();
                             choose(std::move(filter));
                         }})},
            {.gap = 16}));
    if (page.rows.empty()) rows.push_back(muted(host_.tr("staff.log.empty")));
    for (const auto& line : page.rows) rows.push_back(rowOf(line));
    if (page.unreadable > 0)
        rows.push_back(
            banner({.mood = Mood::Danger,
                    .icon = "error",
                    .text = host_.tr("staff.log.unreadable", {{"count", std::to_string(page.unreadable)}}),
                    .id = "log.unreadable"}));
    Views steps;
    if (!newer_.empty())
        steps.push_back(button({.id = "log.newer",
                                .label = host_.tr("staff.log.newer"),
                                .icon = "arrow_back",
                                .onPress = [this] {
                                    const auto before = newer_.back();
                                    newer_.pop_back();
                                    look(before);
                                }}));
    steps.push_back(spacer());
    if (page.next)
        steps.push_back(button({.id = "log.older",
                                .label = host_.tr("staff.log.older"),
                                .icon = "arrow_forward",
                                .onPress = [this, next = page.next] {
                                    newer_.push_back(here_);
                                    look(next);
                                }}));
    rows.push_back(row(std::move(steps), {.gap = 16}));
    return column(std::move(rows), {.gap = 8});
}

ViewRef LogPage::render() {
    return staffBody(
        host_, "page.log",
        {card(column({paragraph(host_.tr("staff.section.log"), {.role = Type::Title, .heading = true}),
                      muted(host_.tr("staff.log.what")), filters()},
                     {.gap = 16})),
         card(list())});
}

}  // namespace tram::screens
