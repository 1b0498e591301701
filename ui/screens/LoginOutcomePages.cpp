#include "ui/screens/AccountScreen.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/MyReportsScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

using namespace kit;
namespace loggingIn = identity::situation;

namespace {

bool refused(const base::Problem& problem) {
    return problem.kind == base::ProblemKind::Unauthorized || problem.kind == base::ProblemKind::Forbidden;
}

/// Its words send people to the staff: a button must do so, too.
ProblemText forStaff(ProblemText text) {
    text.staff = true;
    return text;
}

}  // namespace

Page LoginScreen::approvedPage(const identity::ResidentSession& resident) {
    // The whole name, once: whoever it is not must notice before going on as somebody else.
    auto content = outcomeBody(
        host_, {.icon = "how_to_reg",
                .mood = Mood::Ok,
                .words = plainText,
                .title = host_.tr("login.approved.title", {{"name", resident.name.reveal()}}),
                .what = host_.tr("login.approved.what"),
                .ways = {card(column({paragraph("• " + host_.tr("login.approved.filled")),
                                      paragraph("• " + host_.tr("login.approved.reports")),
                                      paragraph("• " + host_.tr("login.approved.end"))},
                                     {.gap = 16})),
                         from_ == From::Home ? halves({mineButton(), reportsButton()}) : nullptr}});
    Page page{.content = std::move(content), .back = false};
    page.right = {primary("carry_on", host_.tr(below("login.approved.", "action.next")), "arrow_forward",
                          [this] { host_.back(); })};
    return page;
}

std::string LoginScreen::below(const std::string& family, const char* otherwise) const {
    switch (from_) {
        case From::Report:
            return family + "report";
        case From::Survey:
            return family + "survey";
        default:
            return otherwise;
    }
}

ViewRef LoginScreen::mineButton() {
    return button(
        {.id = "mine", .label = host_.tr("mine.title"), .icon = "account_circle", .onPress = [this] {
             auto& host = host_;
             host.back();
             host.open(std::make_unique<AccountScreen>(host));
         }});
}

ViewRef LoginScreen::reportsButton() {
    return button(
        {.id = "reports", .label = host_.tr("login.myreports"), .icon = "list_alt", .onPress = [this] {
             auto& host = host_;
             host.back();
             host.open(std::make_unique<MyReportsScreen>(host));
         }});
}

ButtonOptions LoginScreen::freshCode() {
    return primary("fresh", host_.tr("login.fresh"), "refresh",
                   [this] { login_->mayHaveMoreTime() ? login_->moreTime() : login_->begin(); });
}

/// Somebody else logs in: a parent, or whoever has level 2.
ViewRef LoginScreen::somebodyElse() {
    auto fresh = freshCode();
    fresh.kind = ButtonKind::Outline;
    fresh.main = false;
    return button(std::move(fresh));
}

ButtonOptions LoginScreen::again() {
    return primary("retry", host_.tr("action.retry"), "refresh", [this] { login_->begin(); });
}

ButtonOptions LoginScreen::without() {
    return {.id = "without", .label = host_.tr("login.without"), .icon = "arrow_forward", .onPress = [this] {
                leave();
            }};
}

ViewRef LoginScreen::howToGetIt() {
    return button({.id = "no_vneid", .label = host_.tr("login.level.how"), .icon = "help", .onPress = [this] {
                       aside(true);
                   }});
}

/// What happened, then what was kept of what the person had been doing.
ProblemText LoginScreen::words(const char* outcome, const char* icon, std::vector<std::string> now) const {
    const std::string key = std::string("login.") + outcome;
    // The gateway may have learnt a level or an age before it refused; neither it nor the station keeps them.
    return {.icon = icon,
            .title = host_.tr(key + ".title"),
            .what = host_.tr(key + ".what"),
            .now = std::move(now),
            .kept = host_.tr(below("login.kept.", "login.kept.nothing"))};
}

Page LoginScreen::outcome(const ProblemText& text, ViewRef more, ButtonOptions main) {
    // *Không đăng nhập*, which each of these pages has, is the way back.
    return {.content = problemView(host_, text, std::move(more)),
            .back = false,
            .staff = text.staff,
            .right = {std::move(main)}};
}

/// Where in VNeID this is granted differs by its version: VNeID itself says so when it refuses.
std::vector<std::string> LoginScreen::grantSteps() const {
    std::vector<std::string> steps{host_.tr("login.not_granted.now.1")};
    for (const auto& line : host_.services().hotlines)
        if (line.labelEn == "VNeID")
            steps.push_back(host_.tr("login.not_granted.now.2", {{"number", line.number}}));
    return steps;
}

/// In large letters the buttons have the room, and say the rest themselves.
std::vector<std::string> LoginScreen::levelSteps() const {
    if (largeText(host_)) return {host_.tr("login.level.now.2")};
    return {host_.tr("login.level.now.1"), host_.tr("login.level.now.2"), host_.tr("login.now.without")};
}

Page LoginScreen::outcomePage() {
    const auto& state = login_->state();
    const auto offer = [this] { return button(without()); };
    auto main = without();
    main.kind = ButtonKind::Primary;
    main.main = true;
    if (std::holds_alternative<loggingIn::Declined>(state))
        return outcome(forStaff(words("declined", "do_not_disturb_on",
                                      {host_.tr("login.declined.now.1"), host_.tr("login.declined.now.2")})),
                       offer(), freshCode());
    if (std::holds_alternative<loggingIn::Expired>(state))
        return outcome(
            words("expired", "timer_off", {host_.tr("login.expired.now.1"), host_.tr("login.now.without")}),
            offer(), freshCode());
    if (std::holds_alternative<loggingIn::NotGranted>(state))
        return outcome(words("not_granted", "no_encryption", grantSteps()), offer(), freshCode());
    if (std::holds_alternative<loggingIn::LevelTooLow>(state))
        return outcome(words("level", "looks_one", levelSteps()), halves({howToGetIt(), somebodyElse()}),
                       std::move(main));
    if (std::holds_alternative<loggingIn::UnderAge>(state))
        return outcome(words("under_age", "escalator_warning",
                             {host_.tr("login.under_age.now.1"), host_.tr("login.now.without")}),
                       somebodyElse(), std::move(main));
    if (const auto* lost = std::get_if<loggingIn::Unreachable>(&state)) {
        const auto known = problemText(host_, lost->problem);
        auto text = words("unreachable", known.icon.c_str(),
                          {host_.tr("login.unreachable.now.1"), host_.tr("login.now.without")});
        // The chip beside it says whether the network is lost.
        if (host_.link() == device::AgentState::Link::Offline)
            text.what = host_.tr("login.unreachable.what.offline");
        return outcome(text, offer(), again());
    }
    const auto& problem = std::get<loggingIn::Failed>(state).problem;
    if (refused(problem)) return outcome(problemText(host_, problem), offer(), again());
    const bool provider = problem.fact("detail") == "provider_failed";
    return outcome(forStaff(words(provider ? "provider" : "failed", provider ? "cloud_off" : "gpp_bad",
                                  {host_.tr("login.failed.now.1"), host_.tr("login.now.without")})),
                   offer(), again());
}

Page LoginScreen::noVneidPage() {
    const auto group = [this](const char* icon, const char* key, std::initializer_list<const char*> lines) {
        Views rows{paragraph(host_.tr(key), {.role = Type::Title, .heading = true})};
        for (const char* line : lines) rows.push_back(paragraph("• " + host_.tr(line)));
        return card(row({iconTile(icon, TilePair::Blue), grow(column(std::move(rows), {.gap = 12}))},
                        {.gap = 32, .align = Align::Start, .flow = false}));
    };
    auto main = without();
    main.kind = ButtonKind::Primary;
    main.main = true;
    return {
        .content = body(
            host_, "page",
            {title(host_.tr("login.novneid.title")), muted(host_.tr("login.novneid.what")),
             group("local_police", "login.novneid.where", {"login.novneid.where.1", "login.novneid.where.2"}),
             group("badge", "login.novneid.with",
                   {"login.novneid.with.1", "login.novneid.with.2", "login.novneid.with.3"}),
             group("how_to_vote", "login.novneid.without",
                   {"login.novneid.without.1", "login.novneid.without.2", "login.novneid.without.3"}),
             banner({.mood = Mood::Info, .icon = "verified_user", .text = host_.tr("login.novneid.safe")})}),
        .end = false,  // *Quay lại* and the main action lead on; a fourth button would not fit their line
        .right = {std::move(main)}};
}

Page loginOverPage(Host& host, Action then) {
    const ProblemText text{"timer_off",
                           host.tr("myreports.over.title"),
                           host.tr("myreports.over.what"),
                           {host.tr("myreports.over.now.1"), host.tr("myreports.over.now.2")}};
    const auto login = [&host, then = std::move(then)] {
        host.open(std::make_unique<LoginScreen>(host, LoginScreen::From::Reports, then));
    };
    return {.content = problemView(host, text),
            .right = {primary("login", host.tr("myreports.over.login"), "", login)}};
}

}  // namespace tram::screens
