#include "ui/screens/DossierScreen.h"

#include "ui/screens/DossierParts.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/PaperSheets.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/RatingScreen.h"
#include "ui/screens/ScanScreen.h"
#include "ui/screens/WatchScreen.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using wire::DossierReading;
using wire::DossierStatus;

namespace {

std::shared_ptr<TextEdit> codeEdit() {
    return std::make_shared<TextEdit>(
        TextEdit::Options{.limit = wire::DossierPatterns::kLongest, .accept = Accept::Dossier});
}

bool isSlip(const DossierReading& reading) {
    return reading.verdict == DossierReading::Verdict::WrongShape ||
           reading.verdict == DossierReading::Verdict::TooLong;
}

const char* slipKey(const DossierReading& reading) {
    if (reading.verdict == DossierReading::Verdict::TooLong) return "dossier.slip.too_long";
    switch (reading.group) {
        case DossierReading::Group::Organisation:
            return "dossier.slip.organisation";
        case DossierReading::Group::Day:
            return "dossier.slip.day";
        case DossierReading::Group::Number:
            return "dossier.slip.number";
        case DossierReading::Group::None:
            break;
    }
    return "dossier.slip.shape";
}

}  // namespace

DossierScreen::DossierScreen(Host& host, Begin begin)
    : host_(host),
      direct_(begin == Begin::Mine),
      resident_(std::make_shared<Resident>()),
      flow_(asks(), host.services().dossierPatterns, host.services().scheduler),
      code_(codeEdit()) {
    flow_.onChange = [this] {
        phone_ = false;
        host_.refresh();
    };
    code_->onChange = [this] { flow_.type(code_->text()); };
    if (direct_) askMine();
}

DossierScreen::DossierScreen(Host& host, const std::string& code, base::SecretText slipSecret)
    : DossierScreen(host) {
    direct_ = true;
    code_->set(code);
    flow_.open(code, std::move(slipSecret));
}

std::unique_ptr<DossierScreen> DossierScreen::own(Host& host, const std::string& code) {
    auto screen = std::make_unique<DossierScreen>(host);
    screen->direct_ = true;
    screen->knowResident();
    screen->flow_.openOwn(code);
    return screen;
}

dossier::DossierFlow::Ask DossierScreen::asks() {
    return {.byCode = host_.services().dossier,
            .mine = [mine = host_.services().myDossiers,
                     resident = resident_]() -> base::Result<wire::MyDossiers> {
                const auto who = resident->load();
                if (!who) return base::fail(base::ProblemKind::Unauthorized);
                return mine(who->accessToken);
            },
            .bySlip = host_.services().dossierBySlip};
}

/// Whoever has logged in by now: the page may have been open before.
void DossierScreen::knowResident() {
    auto who = host_.session().resident;
    if (who && !who->tokenIsGood(host_.services().clock.boot())) who = nullptr;
    resident_->store(std::move(who));
}

void DossierScreen::askMine() {
    knowResident();
    flow_.mine();
}

std::string DossierScreen::name() const {
    struct Namer {
        bool phone;
        const char* operator()(const dossier::situation::TypingCode&) { return "dossier_code"; }
        const char* operator()(const dossier::situation::AskingGateway&) { return "dossier_asking"; }
        const char* operator()(const dossier::situation::AskingMine&) { return "dossier_asking"; }
        const char* operator()(const dossier::situation::Found&) {
            return phone ? "dossier_phone" : "dossier_status";
        }
        const char* operator()(const dossier::situation::NotFound&) { return "dossier_not_found"; }
        const char* operator()(const dossier::situation::AskFailed& failed) {
            const bool login = failed.code.empty() && failed.problem.kind == base::ProblemKind::Unauthorized;
            return login ? "my_dossiers_login" : "dossier_problem";
        }
        const char* operator()(const dossier::situation::MyList& list) {
            return list.mine.dossiers.empty() ? "my_dossiers_none" : "my_dossiers";
        }
    };
    return std::visit(Namer{phone_}, flow_.state());
}

bool DossierScreen::back() {
    if (phone_) {
        phone_ = false;
        host_.refresh();
        return true;
    }
    if (const auto* found = std::get_if<dossier::situation::Found>(&flow_.state());
        found && found->fromMine) {
        flow_.back();
        return true;
    }
    if (direct_ || std::holds_alternative<dossier::situation::TypingCode>(flow_.state())) return false;
    flow_.another();
    code_->clear();
    return true;
}

/// Another paper under the same scanner.
bool DossierScreen::scanned(identity::Scanned& read) {
    auto* code = std::get_if<identity::DossierCode>(&read);
    return code && flow_.open(code->text, std::move(code->slipSecret));
}

void DossierScreen::ask() {
    host_.leaveField();
    flow_.ask();
}

ButtonOptions DossierScreen::again() {
    return {.id = "again", .label = host_.tr("action.refresh"), .icon = "refresh", .onPress = [this] {
                flow_.again();
            }};
}

Page DossierScreen::render() {
    const auto& state = flow_.state();
    if (const auto* now = std::get_if<dossier::situation::TypingCode>(&state)) return typing(*now);
    if (const auto* now = std::get_if<dossier::situation::Found>(&state))
        return phone_ ? onPhone(now->status) : found(*now);
    if (const auto* now = std::get_if<dossier::situation::NotFound>(&state)) return notFound(*now);
    if (const auto* now = std::get_if<dossier::situation::AskFailed>(&state)) return failed(*now);
    if (const auto* now = std::get_if<dossier::situation::MyList>(&state))
        return now->mine.dossiers.empty() ? noneOfMine() : listed(now->mine);
    return asking();
}

ViewRef DossierScreen::fieldOf(const dossier::situation::TypingCode& state) {
    const bool slip = isSlip(state.reading);
    const bool complete = state.reading.verdict == DossierReading::Verdict::Complete;
    std::string hint;
    if (complete)
        hint = host_.tr(state.reading.elsewhere ? "dossier.code.elsewhere" : "dossier.code.complete");
    if (state.reading.verdict == DossierReading::Verdict::Incomplete)
        hint = host_.tr("dossier.code.incomplete");
    return textField({.id = "code",
                      .model = code_,
                      .placeholder = "H29.168-261105-0042",
                      .label = host_.tr("dossier.code.label"),
                      .error = slip ? host_.tr(slipKey(state.reading)) : "",
                      .hint = hint,
                      .large = true});
}

Page DossierScreen::typing(const dossier::situation::TypingCode& state) {
    Views rows{title(host_.tr("dossier.title")),
               largeText(host_) ? nullptr : muted(host_.tr("dossier.code.help")), fieldOf(state)};
    std::erase(rows, nullptr);
    if (code_->empty())
        rows.push_back(button(
            {.id = "mine", .label = host_.tr("dossier.mine"), .icon = "folder_shared", .onPress = [this] {
                 host_.open(std::make_unique<DossierScreen>(host_, Begin::Mine));
             }}));
    auto main = primary("ask", host_.tr("dossier.ask"), "search", [this] { ask(); });
    main.enabled = state.reading.verdict == DossierReading::Verdict::Complete;
    return {.content = body(host_, "page", std::move(rows)),
            .left = {scanButton(host_, "scan", "scan.button")},
            .right = {std::move(main)},
            .fields = {{"code", {code_, KeyboardLayout::Dossier, [this] { ask(); }}}},
            .focus = "code"};
}

Page DossierScreen::asking() {
    return {.content =
                centredBody(host_, "page",
                            {hero("cloud_sync", Mood::Info),
                             paragraph(host_.tr("dossier.asking"),
                                       {.role = Type::Title, .align = Align::Centre, .heading = true})})};
}

Page DossierScreen::found(const dossier::situation::Found& state) {
    const auto& status = state.status;
    const auto timeline = dossier::timelineOf(status, host_.services().clock.wall());
    const auto heading = column({plainText(host_.tr("dossier.code.of", {{"code", status.code}}),
                                           {.role = Type::Small, .colour = Colour::Muted, .id = "code.of"}),
                                 plainText(status.procedure, {.role = Type::Display, .heading = true})},
                                {.gap = 4});
    const bool two = !host_.theme().portrait() && !largeText(host_);
    Views main{dossierBanner(host_, status, timeline), dossierTask(host_, status, timeline)};
    Views beside{dossierCourse(host_, timeline), dossierFacts(host_, status, timeline)};
    (two ? beside : main).insert(two ? beside.begin() : main.end(), rate(status));
    std::erase(main, nullptr);
    std::erase(beside, nullptr);
    Views rows{heading};
    if (two && !beside.empty()) {
        rows.push_back(row({grow(column(std::move(main))), grow(column(std::move(beside)))},
                           {.align = Align::Start, .flow = false, .even = true}));
    } else {
        for (auto& view : main) rows.push_back(std::move(view));
        for (auto& view : beside) rows.push_back(std::move(view));
    }
    rows.push_back(sourceLine(host_, status.source, status.asOf));
    auto buttons = along(status);
    // With large letters a bar of five would leave no room for what it is about.
    if (largeText(host_))
        for (auto& one : buttons) rows.push_back(button(std::move(one)));
    auto page = body(host_, "page.dossier", std::move(rows));
    if (largeText(host_)) return {.content = std::move(page), .staff = true};
    if (!host_.theme().portrait()) {
        buttons.insert(buttons.begin(), again());
        return {.content = std::move(page), .staff = true, .right = std::move(buttons)};
    }
    Views beneath;
    for (auto& one : buttons) beneath.push_back(button(std::move(one)));
    return {.content = column({grow(std::move(page)), padding(halves(std::move(beneath)), {40, 0, 40, 28})},
                              {.gap = 0}),
            .staff = true,
            .right = {again()}};
}

ViewRef DossierScreen::rate(const DossierStatus& status) {
    if (!isDone(status.state)) return nullptr;
    if (!status.rateable)
        return banner({.mood = Mood::Info,
                       .icon = status.rated ? "favorite" : "sentiment_satisfied",
                       .text = host_.tr(status.rated ? "dossier.rated" : "dossier.rate.how"),
                       .id = "rated"});
    const bool narrow = largeText(host_) || !host_.theme().portrait();
    auto way = button({.id = "rate",
                       .label = host_.tr("dossier.rate"),
                       .icon = "sentiment_satisfied",
                       .kind = ButtonKind::Outline,
                       .onPress = [this, status] { rateDossier(host_, status, [this] { flow_.rated(); }); },
                       .wide = narrow});
    auto told = banner({.mood = Mood::Info,
                        .icon = "sentiment_satisfied",
                        .title = host_.tr("dossier.rate.title"),
                        .text = host_.tr("dossier.rate.what"),
                        .action = narrow ? nullptr : way,
                        .id = "rating"});
    return narrow ? column({std::move(told), std::move(way)}, {.gap = 16}) : std::move(told);
}

std::vector<ButtonOptions> DossierScreen::along(const DossierStatus& status) {
    std::vector<ButtonOptions> all{toPhone()};
    if (!status.notify.empty() && host_.services().watchDossier)
        all.push_back(
            {.id = "watch",
             .label = host_.tr("watch.button"),
             .icon = "notifications_active",
             .kind = ButtonKind::Outline,
             .onPress = [&host = host_, status] { host.open(std::make_unique<WatchScreen>(host, status)); }});
    auto print = printButton(host_, [&host = host_, status] {
        return dossierSheet(host, status, dossier::timelineOf(status, host.services().clock.wall()));
    });
    if (print) all.push_back(std::move(*print));
    return all;
}

ButtonOptions DossierScreen::toPhone() {
    return {.id = "phone",
            .label = host_.tr("dossier.to_phone"),
            .icon = "qr_code_2",
            .kind = ButtonKind::Outline,
            .onPress = [this] {
                phone_ = true;
                host_.refresh();
            }};
}

Page DossierScreen::onPhone(const DossierStatus& status) {
    return {.content = outcomeBody(
                host_, {.icon = "qr_code_2",
                        .mood = Mood::Info,
                        .title = host_.tr("dossier.to_phone"),
                        .what = host_.tr("dossier.to_phone.what"),
                        .code = qrCard(dossierLink(host_, status.code), 420, host_.tr("dossier.to_phone")),
                        .kept = host_.tr("dossier.to_phone.kept")})};
}

Page DossierScreen::notFound(const dossier::situation::NotFound& state) {
    const auto asked =
        host_.tr("dossier.not_found.asked", {{"time", dayTime(host_.services().clock.wall())}});
    const ProblemText text{
        "search_off",
        host_.tr("dossier.not_found.title"),
        host_.tr("dossier.not_found.what", {{"code", state.code}}) + "\n" +
            host_.tr(state.elsewhere ? "dossier.not_found.elsewhere" : "dossier.not_found.why"),
        {host_.tr("dossier.not_found.now.1"), host_.tr("dossier.not_found.now.2"),
         host_.tr("dossier.not_found.now.3")}};
    std::vector<ButtonOptions> right{again()};
    if (!direct_)
        right.push_back(primary("another", host_.tr("dossier.another"), "edit", [this] { back(); }));
    return {.content = problemView(host_, text, muted(asked, Align::Centre)),
            .staff = true,
            .right = std::move(right)};
}

Page DossierScreen::failed(const dossier::situation::AskFailed& state) {
    if (state.code.empty() && state.problem.kind == base::ProblemKind::Unauthorized) return loginFirst();
    if (state.code.empty() && state.problem.kind == base::ProblemKind::NotFound) return noneOfMine();
    auto text = problemText(host_, state.problem);
    if (state.problem.kind == base::ProblemKind::ServerFault && state.problem.fact("detail") == "source")
        text = {"cloud_off",
                host_.tr("dossier.source_away.title"),
                host_.tr("dossier.source_away.what"),
                {host_.tr("dossier.source_away.now.1"), host_.tr("dossier.source_away.now.2")}};
    ViewRef phone;
    if (state.problem.kind == base::ProblemKind::NoNetwork) {
        text.now = {host_.tr("dossier.offline.now.1"), host_.tr("dossier.offline.now.2")};
        if (!state.code.empty())
            phone = row({qrCard(dossierLink(host_, state.code), 300, host_.tr("dossier.to_phone"))},
                        {.justify = Align::Centre});
    }
    return {.content = problemView(host_, text, nullptr, std::move(phone)),
            .staff = text.staff,
            .right = {primary("again", host_.tr("action.retry"), "refresh", [this] { flow_.again(); })}};
}

}  // namespace tram::screens
