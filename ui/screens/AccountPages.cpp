#include <algorithm>

#include "base/TrackingCode.h"
#include "ui/screens/AccountScreen.h"
#include "ui/screens/AppointmentScreen.h"
#include "ui/screens/DossierParts.h"
#include "ui/screens/DossierScreen.h"
#include "ui/screens/FollowScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/RightsScreen.h"
#include "ui/screens/StatusParts.h"
#include "ui/screens/Wording.h"
#include "wire/Link.h"

namespace tram::screens {

using namespace kit;
using base::TrackingCode;

namespace {

constexpr std::size_t kShownDigits = 3, kShownVersion = 8;

/// Who stands behind sees no whole number.
std::string lastDigits(const std::string& number) {
    std::string digits;
    std::ranges::copy_if(number, std::back_inserter(digits), [](char c) { return '0' <= c && c <= '9'; });
    std::string shown;
    for (std::size_t at = 0; at < digits.size(); ++at)
        shown += at + kShownDigits < digits.size() ? "•" : digits.substr(at, 1);
    return shown;
}

Mood moodOfRight(const std::string& state) {
    if (state == "answered") return Mood::Ok;
    return state == "refused" ? Mood::Warn : Mood::Info;
}

bool isOver(const std::string& date, const base::Clock& clock) {
    return !date.empty() && date < base::toRfc3339(clock.wall()).substr(0, 10);
}

}  // namespace

ViewRef AccountScreen::newsRow(const wire::MyNotice& notice) {
    auto& host = host_;
    ListRowOptions row{.id = "news." + notice.code, .opens = true};
    const auto changed = day(notice.changedAt);
    if (notice.about == wire::MyNotice::About::Report) {
        const auto state = wire::feedbackStateFrom(notice.state).value_or(wire::FeedbackState::InProgress);
        row.icon = stateIcon(state);
        row.title = fieldName(notice.title);
        row.state = stateName(host_, state);
        row.mood = moodOf(state);
        row.detail = TrackingCode::group(notice.code);
        row.onPress = [&host, code = notice.code] {
            host.open(std::make_unique<FollowScreen>(host, code, base::SecretText(), "login.myreports"));
        };
    } else {
        const auto state = wire::dossierStateFrom(notice.state).value_or(wire::DossierState::Unknown);
        row.icon = dossierIcon(state);
        row.title = notice.title;
        row.state = dossierStateName(host_, state, "");
        row.detail = notice.code;
        row.onPress = [&host, code = notice.code] { host.open(DossierScreen::own(host, code)); };
    }
    if (!changed.empty()) row.detail += " · " + changed;
    return listRow(std::move(row));
}

Page AccountScreen::newsPage(const wire::MyNotices& all) {
    if (all.notices.empty() && !all.dossiersSilent) return noNews(all);
    const auto since = dayTime(all.since);
    Views rows{
        title(host_.tr("mine.part.news")),
        muted(since.empty() ? host_.tr("mine.news.first") : host_.tr("mine.news.since", {{"time", since}}))};
    if (all.dossiersSilent)
        rows.push_back(banner(
            {.mood = Mood::Warn, .icon = "cloud_off", .text = host_.tr("mine.news.silent"), .id = "silent"}));
    for (const auto& notice : all.notices) rows.push_back(newsRow(notice));
    Page page{.content = body(host_, "page.news", std::move(rows)), .right = {again()}};
    if (!all.notices.empty())
        page.right.push_back(primary("seen", host_.tr("mine.news.seen"), "done_all",
                                     [this] { flow_.acknowledge(host_.session().resident); }));
    return page;
}

Page AccountScreen::noNews(const wire::MyNotices& all) {
    const auto since = dayTime(all.since);
    return {.content = outcomeBody(
                host_, {.icon = "notifications_none",
                        .mood = Mood::Ok,
                        .title = host_.tr("mine.news.none"),
                        .what = since.empty() ? host_.tr("mine.news.none.what")
                                              : host_.tr("mine.news.none.since", {{"time", since}}),
                        .ways = {whatToDo(host_, {host_.tr("mine.news.none.now")})}}),
            .right = {again()}};
}

ViewRef AccountScreen::documentRow(const wire::MyDocument& document, std::size_t at,
                                   const std::string& link) {
    const bool expired = isOver(document.expires, host_.services().clock);
    std::string detail = document.issuer;
    const auto add = [&](const std::string& words) { detail += (detail.empty() ? "" : " · ") + words; };
    if (!document.issued.empty()) add(host_.tr("mine.documents.issued", {{"day", day(document.issued)}}));
    std::string state;
    if (!document.expires.empty())
        state = host_.tr(expired ? "mine.documents.expired" : "mine.documents.expires",
                         {{"day", day(document.expires)}});
    Action onPress;
    if (mayShow(link))
        onPress = [this, link] {
            link_ = link;
            host_.refresh();
        };
    const bool opens = onPress != nullptr;
    return listRow({.id = "document." + std::to_string(at),
                    .icon = "badge",
                    .pair = expired ? TilePair::Orange : TilePair::Teal,
                    .title = document.name,
                    .state = std::move(state),
                    .mood = expired ? Mood::Warn : Mood::Ok,
                    .detail = std::move(detail),
                    .onPress = std::move(onPress),
                    .opens = opens});
}

Page AccountScreen::documentsPage(const wire::MyDocuments& all) {
    if (all.documents.empty()) return noDocuments(false);
    Views rows{title(host_.tr("mine.part.documents")), muted(host_.tr("mine.documents.what"))};
    for (std::size_t at = 0; at < all.documents.size(); ++at) {
        const auto& own = all.documents[at].link;
        rows.push_back(documentRow(all.documents[at], at, own.empty() ? all.link : own));
    }
    rows.push_back(sourceLine(host_, all.source, all.asOf));
    return {.content = body(host_, "page.documents", std::move(rows)), .right = {again()}};
}

Page AccountScreen::documentPage(const std::string& link) {
    return {.content = outcomeBody(
                host_, {.icon = "qr_code_2",
                        .mood = Mood::Info,
                        .title = host_.tr("mine.documents.phone"),
                        .what = host_.tr("mine.documents.phone.what", {{"host", wire::hostOfLink(link)}}),
                        .code = qrCard(link, 420, host_.tr("mine.documents.phone")),
                        .kept = host_.tr("mine.documents.phone.kept")})};
}

Page AccountScreen::noDocuments(bool noSource) {
    return {
        .content = outcomeBody(
            host_, {.icon = "badge",
                    .mood = Mood::Info,
                    .title = host_.tr(noSource ? "mine.documents.source.title" : "mine.documents.none.title"),
                    .what = host_.tr(noSource ? "mine.documents.source.what" : "mine.documents.none.what"),
                    .ways = {whatToDo(host_, {host_.tr("mine.documents.none.now")})}}),
        .right = {again()}};
}

Action AccountScreen::follows(const std::string& code) {
    return [&host = host_, code] {
        host.open(std::make_unique<FollowScreen>(host, code, base::SecretText(), "appointment.title"));
    };
}

ViewRef AccountScreen::appointmentRow(const wire::MyAppointment& one) {
    const auto half = host_.tr("appointment.half." + std::string(wire::name(one.half)));
    return listRow({.id = "appointment." + one.code,
                    .icon = appointmentIcon(one.state),
                    .title = weekdayAndDay(host_, one.day) + ", " + (one.time.empty() ? half : one.time),
                    .state = host_.tr("appointment.state." + std::string(wire::name(one.state))),
                    .mood = appointmentMood(one.state),
                    .detail = (one.procedure.empty() ? "" : one.procedure + " · ") +
                              wardName(host_.services(), one.office) + " · " + TrackingCode::group(one.code),
                    .onPress = follows(one.code),
                    .opens = true});
}

Page AccountScreen::appointmentsPage(const wire::MyAppointments& all) {
    if (all.appointments.empty())
        return {.content = outcomeBody(
                    host_, {.icon = "event",
                            .mood = Mood::Info,
                            .title = host_.tr("mine.appointments.none.title"),
                            .what = host_.tr("mine.appointments.none.what"),
                            .ways = {whatToDo(host_, {host_.tr("mine.appointments.none.now.1"),
                                                      host_.tr("mine.appointments.none.now.2")})}}),
                .right = {again()}};
    Views rows{title(host_.tr("mine.part.appointments")), muted(host_.tr("mine.appointments.what"))};
    for (const auto& one : all.appointments) rows.push_back(appointmentRow(one));
    if (!all.source.empty()) rows.push_back(sourceLine(host_, all.source, all.asOf));
    return {.content = body(host_, "page.appointments", std::move(rows)), .right = {again()}};
}

/// What the provider lets people put right, and where; nothing where the operator has not said so.
ViewRef AccountScreen::putRight(const wire::MyAccount& account) {
    const auto& provider = host_.session().language == "en" ? account.providerEn : account.provider;
    constexpr std::array<const char*, 5> kKnown = {"name", "birthdate", "address", "phone", "email"};
    std::string fields;
    for (const char* known : kKnown)
        if (std::ranges::find(account.updatable, known) != account.updatable.end())
            fields += (fields.empty() ? "" : ", ") + host_.tr(std::string("mine.account.field.") + known);
    if (fields.empty() || !mayShow(account.link))
        return card(
            column({paragraph(host_.tr("mine.account.update"), {.role = Type::Title, .heading = true}),
                    paragraph(host_.tr("mine.account.update.nowhere", {{"provider", provider}}))},
                   {.gap = 12}));
    return card(
        row({qrCard(account.link, 260, host_.tr("mine.account.update")),
             grow(column({paragraph(host_.tr("mine.account.update"), {.role = Type::Title, .heading = true}),
                          paragraph(host_.tr("mine.account.update.what",
                                             {{"fields", fields}, {"provider", provider}})),
                          muted(wire::hostOfLink(account.link))},
                         {.gap = 12}))},
            {.gap = 32}),
        {});
}

Page AccountScreen::detailsPage() {
    const auto& who = *host_.session().resident;
    const auto& clock = host_.services().clock;
    std::vector<Fact> rows{{host_.tr("mine.account.name"), who.name.reveal()}};
    if (!who.personalNumber.empty())
        rows.push_back({host_.tr("mine.account.number"), lastDigits(who.personalNumber.reveal())});
    if (!who.phone.empty()) rows.push_back({host_.tr("mine.account.phone"), lastDigits(who.phone.reveal())});
    rows.push_back({host_.tr("mine.account.level"),
                    host_.tr("mine.account.level.value", {{"level", std::to_string(who.accountLevel)}})});
    const auto left = who.tokenEnds.sinceBoot - clock.boot().sinceBoot;
    rows.push_back({host_.tr("mine.account.ends"), clockTime(clock.wall() + left)});
    Views parts{title(host_.tr("mine.part.account")), card(facts(std::move(rows)))};
    using At = account::Asked<wire::MyAccount>::At;
    if (flow_.account().value)
        parts.push_back(putRight(*flow_.account().value));
    else if (flow_.account().at == At::Failed)
        parts.push_back(banner({.mood = Mood::Warn,
                                .icon = "cloud_off",
                                .text = host_.tr("mine.account.update.unknown"),
                                .id = "unknown"}));
    parts.push_back(muted(host_.tr("mine.account.kept")));
    return {.content = body(host_, "page.account", std::move(parts)), .right = {again()}};
}

ViewRef AccountScreen::rightRow(const wire::MyRight& right) {
    auto& host = host_;
    const bool waits = right.state == "received";
    const auto detail = waits ? host_.tr("rights.due", {{"day", day(right.due)}}) : day(right.answeredAt);
    return listRow(
        {.id = "right." + right.code,
         .icon = "gavel",
         .pair = waits ? TilePair::Blue : TilePair::Green,
         .title = host_.tr("rights.right." + right.right),
         .state = host_.tr("rights.state." + right.state),
         .mood = moodOfRight(right.state),
         .detail = TrackingCode::group(right.code) + " · " + detail,
         .onPress =
             [&host, code = right.code] {
                 host.open(std::make_unique<FollowScreen>(host, code, base::SecretText(), "rights.follow"));
             },
         .opens = true});
}

ViewRef AccountScreen::consentRow(const wire::MyConsent& consent) {
    auto& host = host_;
    return listRow(
        {.id = "consent." + consent.code,
         .icon = "verified_user",
         .pair = consent.withdrawn ? TilePair::Orange : TilePair::Slate,
         .title = consentTitle(host, consent, fieldName(consent.field)),
         .state = host_.tr(consent.withdrawn ? "mine.consents.withdrawn" : "mine.consents.holds"),
         .mood = consent.withdrawn ? Mood::Warn : Mood::Ok,
         .detail = host_.tr("mine.consents.detail", {{"code", TrackingCode::group(consent.code)},
                                                     {"day", day(consent.givenAt)},
                                                     {"version", consent.version.substr(0, kShownVersion)}}),
         .onPress = [&host, code = consent.code] { host.open(std::make_unique<RightsScreen>(host, code)); },
         .opens = true});
}

Page AccountScreen::consentsPage(const wire::MyConsents& all) {
    auto& host = host_;
    Views rows{title(host_.tr("mine.part.consents")), muted(host_.tr("mine.consents.what")),
               card(facts({{host_.tr("mine.consents.controller"), controllerName(host_)},
                           {host_.tr("mine.consents.contact"), controllerContact(host_)}}))};
    const auto& rights = flow_.rights();
    if (rights.value && !rights.value->rights.empty()) {
        rows.push_back(paragraph(host_.tr("mine.rights"), {.role = Type::Title, .heading = true}));
        for (const auto& right : rights.value->rights) rows.push_back(rightRow(right));
    }
    if (rights.at == account::Asked<wire::MyRights>::At::Failed)
        rows.push_back(banner({.mood = Mood::Warn,
                               .icon = "cloud_off",
                               .text = host_.tr("mine.rights.unknown"),
                               .id = "unknown"}));
    rows.push_back(paragraph(host_.tr("mine.consents"), {.role = Type::Title, .heading = true}));
    if (all.consents.empty()) rows.push_back(muted(host_.tr("mine.consents.none")));
    for (const auto& consent : all.consents) rows.push_back(consentRow(consent));
    return {.content = body(host_, "page.consents", std::move(rows)),
            .right = {again(), primary("rights", host_.tr("mine.rights.use"), "gavel",
                                       [&host] { host.open(std::make_unique<RightsScreen>(host)); })}};
}

}  // namespace tram::screens
