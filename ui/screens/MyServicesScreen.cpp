#include "ui/screens/MyServicesScreen.h"

#include <algorithm>

#include "ui/screens/HomeServices.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

using namespace kit;
namespace choosing = account::choosing;

namespace {

const HomeService* serviceOf(const std::string& id) {
    const auto found =
        std::ranges::find_if(kHomeServices, [&](const HomeService& service) { return service.id == id; });
    return found == kHomeServices.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string> homeServiceIds() {
    std::vector<std::string> ids;
    for (const auto& service : kHomeServices) ids.emplace_back(service.id);
    return ids;
}

MyServicesScreen::MyServicesScreen(Host& host)
    : host_(host),
      flow_(host.services().mine, homeServiceIds(), host.services().scheduler, host.services().clock) {
    flow_.onChange = [this] {
        const bool over = std::holds_alternative<choosing::Over>(flow_.state());
        if (over && host_.session().resident) {
            auto session = host_.session();
            session.resident = nullptr;
            return host_.setSession(std::move(session));
        }
        if (std::holds_alternative<choosing::Saved>(flow_.state())) home(flow_.mine().services);
        host_.refresh();
    };
    flow_.load(host.session().resident);
}

std::string MyServicesScreen::name() const {
    struct Namer {
        const char* operator()(const choosing::Loading&) { return "my_services_asking"; }
        const char* operator()(const choosing::Editing&) { return "my_services"; }
        const char* operator()(const choosing::ReadOnly&) { return "my_services_newer"; }
        const char* operator()(const choosing::Saving&) { return "my_services_saving"; }
        const char* operator()(const choosing::Saved&) { return "my_services_saved"; }
        const char* operator()(const choosing::Elsewhere&) { return "my_services_elsewhere"; }
        const char* operator()(const choosing::Failed&) { return "my_services_problem"; }
        const char* operator()(const choosing::Over&) { return "my_services_over"; }
    };
    if (!host_.session().resident) return "my_services_over";
    return std::visit(Namer{}, flow_.state());
}

/// Home shows it at once.
void MyServicesScreen::home(const std::vector<std::string>& order) {
    auto session = host_.session();
    if (session.chosen.services == order && session.chosen.whose == session.resident) return;
    const auto news = session.chosen.whose == session.resident ? session.chosen.news : 0;
    session.chosen = {session.resident, order, news};
    host_.setSession(std::move(session));
}

Page MyServicesScreen::render() {
    const auto& state = flow_.state();
    if (!host_.session().resident || std::holds_alternative<choosing::Over>(state)) return over();
    if (const auto* now = std::get_if<choosing::Editing>(&state)) return editing(false, now->changed);
    if (std::holds_alternative<choosing::Saved>(state)) return editing(true, false);
    if (std::holds_alternative<choosing::ReadOnly>(state)) return readOnly();
    if (const auto* now = std::get_if<choosing::Elsewhere>(&state)) return elsewhere(now->theirs);
    if (const auto* now = std::get_if<choosing::Failed>(&state)) return failed(*now);
    return busy(std::holds_alternative<choosing::Saving>(state) ? "mine.services.saving" : "mine.asking");
}

ViewRef MyServicesScreen::chosenRow(const std::string& id, std::size_t at) {
    const auto* service = serviceOf(id);
    const auto words = host_.tr("home.tile." + id);
    const auto move = [&](const char* way, const char* icon, int by) {
        const auto label = host_.tr(by < 0 ? "mine.services.up" : "mine.services.down");
        return button({.id = std::string(way) + "." + id,
                       .label = label,
                       .icon = icon,
                       .kind = ButtonKind::Outline,
                       .enabled = flow_.mayGo(id, by),
                       .onPress = [this, id, by] { flow_.go(id, by); },
                       .spoken = label + ": " + words});
    };
    const auto off = host_.tr("mine.services.remove");
    auto name = row(
        {iconTile(service->icon, service->pair),
         grow(paragraph(std::to_string(at + 1) + ". " + words, {.role = Type::Title, .id = "chosen." + id}))},
        {.gap = 24, .flow = false});
    auto buttons = row({move("up", "arrow_upward", -1), move("down", "arrow_downward", 1),
                        button({.id = "remove." + id,
                                .label = off,
                                .icon = "close",
                                .onPress = [this, id] { flow_.remove(id); },
                                .spoken = off + ": " + words})},
                       {.gap = 16});
    if (largeText(host_) || host_.theme().portrait())
        return card(column({std::move(name), std::move(buttons)}, {.gap = 20}));
    return card(row({grow(std::move(name)), std::move(buttons)}, {.gap = 24}));
}

ViewRef MyServicesScreen::otherRow(const std::string& id) {
    const auto* service = serviceOf(id);
    const auto words = host_.tr("home.tile." + id);
    return tile({.id = "add." + id,
                 .icon = service->icon,
                 .pair = service->pair,
                 .title = words,
                 .onPress = [this, id] { flow_.add(id); },
                 .spoken = host_.tr("mine.services.add", {{"service", words}}),
                 .compact = true});
}

Page MyServicesScreen::editing(bool saved, bool changed) {
    Views rows{title(host_.tr("mine.part.services")), muted(host_.tr("mine.services.what"))};
    if (saved)
        rows.push_back(banner({.mood = Mood::Ok,
                               .icon = "check_circle",
                               .text = host_.tr("mine.services.saved"),
                               .id = "saved"}));
    const auto chosen = flow_.chosen();
    if (chosen.empty()) rows.push_back(muted(host_.tr("mine.services.none")));
    for (std::size_t at = 0; at < chosen.size(); ++at) rows.push_back(chosenRow(chosen[at], at));
    Views others;
    for (const auto& id : flow_.others()) others.push_back(otherRow(id));
    if (!others.empty()) {
        rows.push_back(paragraph(host_.tr("mine.services.others"), {.role = Type::Title, .heading = true}));
        rows.push_back(grid(2, std::move(others), {.minWidth = 340}));
    }
    auto save = primary("save", host_.tr("mine.services.save"), "save",
                        [this] { flow_.save(host_.session().resident); });
    save.enabled = changed;
    Page page{.content = body(host_, "page.services", std::move(rows)), .right = {std::move(save)}};
    if (saved)
        page.right.insert(page.right.begin(),
                          {.id = "home", .label = host_.tr("action.home"), .icon = "home", .onPress = [this] {
                               host_.home();
                           }});
    return page;
}

/// Without a heading where it is the only one.
ViewRef MyServicesScreen::orderCard(const char* heading, const std::vector<std::string>& ids) {
    Views order;
    if (heading) order.push_back(paragraph(host_.tr(heading), {.role = Type::BodyStrong}));
    std::size_t at = 0;
    for (const auto& id : ids)
        order.push_back(paragraph(std::to_string(++at) + ". " + host_.tr("home.tile." + id)));
    if (ids.empty()) order.push_back(muted(host_.tr("mine.services.newer.none")));
    return card(column(std::move(order), {.gap = 12}));
}

Page MyServicesScreen::readOnly() {
    return {.content = outcomeBody(host_, {.icon = "update",
                                           .mood = Mood::Info,
                                           .title = host_.tr("mine.services.newer.title"),
                                           .what = host_.tr("mine.services.newer.what"),
                                           .told = {orderCard(nullptr, flow_.chosen())},
                                           .ways = {whatToDo(host_, {host_.tr("mine.services.newer.now")})},
                                           .kept = host_.tr("mine.services.newer.kept")}),
            .right = {primary("home", host_.tr("action.home"), "home", [this] { host_.home(); })}};
}

Page MyServicesScreen::elsewhere(const wire::MyServices& theirs) {
    Page page{.content = outcomeBody(
                  host_, {.icon = "sync_problem",
                          .mood = Mood::Warn,
                          .title = host_.tr("mine.services.elsewhere.title"),
                          .what = host_.tr("mine.services.elsewhere.what"),
                          .told = {grid(2,
                                        {orderCard("mine.services.order.theirs", flow_.shown(theirs)),
                                         orderCard("mine.services.order.mine", flow_.chosen())},
                                        {.minWidth = 420})},
                          .ways = {whatToDo(host_, {host_.tr("mine.services.elsewhere.now")})},
                          .kept = host_.tr("mine.services.elsewhere.kept")}),
              .back = false};
    page.right = {
        {.id = "theirs", .label = host_.tr("mine.services.theirs"), .icon = "download", .onPress = [this] {
             flow_.takeTheirs();
         }}};
    if (!theirs.readOnly())
        page.right.push_back(primary("keep", host_.tr("mine.services.mine"), "save",
                                     [this] { flow_.keepMine(host_.session().resident); }));
    return page;
}

Page MyServicesScreen::failed(const choosing::Failed& failed) {
    auto text = problemText(host_, failed.problem);
    text.kept = host_.tr(failed.loading ? "mine.kept" : "mine.services.failed.kept");
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("again", host_.tr("action.retry"), "refresh", [this, loading = failed.loading] {
                loading ? flow_.load(host_.session().resident) : flow_.save(host_.session().resident);
            })}};
}

Page MyServicesScreen::over() {
    return loginOverPage(host_, [this] { flow_.load(host_.session().resident); });
}

Page MyServicesScreen::busy(const char* words) {
    return {
        .content = centredBody(
            host_, "page",
            {hero("cloud_sync", Mood::Info),
             paragraph(host_.tr(words), {.role = Type::Title, .align = Align::Centre, .heading = true})})};
}

}  // namespace tram::screens
