#include "ui/screens/CitySearchScreen.h"

#include <algorithm>

#include "base/VietnameseText.h"
#include "ui/screens/CityListScreen.h"
#include "ui/screens/HomeServices.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ScanScreen.h"

namespace tram::screens {

using namespace kit;

namespace {

constexpr std::size_t kMostFound = 24, kOfAKind = 4;

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> all;
    const auto folded = base::fold(text);
    for (std::size_t from = 0; from < folded.size();) {
        const auto to = std::min(folded.find(' ', from), folded.size());
        if (to > from) all.push_back(folded.substr(from, to - from));
        from = to + 1;
    }
    return all;
}

/// Every word typed begins one of the text's.
bool isIn(const std::vector<std::string>& typed, const std::string& text) {
    const auto all = words(text);
    return !typed.empty() && std::ranges::all_of(typed, [&](const std::string& word) {
        return std::ranges::any_of(all, [&](const std::string& one) { return one.starts_with(word); });
    });
}

}  // namespace

ViewRef searchButton(Host& host, std::string id, bool brief) {
    return button({.id = std::move(id),
                   .label = host.tr(brief ? "city.search.short" : "city.search.placeholder"),
                   .icon = "search",
                   .kind = ButtonKind::Field,
                   .onPress = [&host] { host.open(std::make_unique<CitySearchScreen>(host)); },
                   .spoken = host.tr("city.search.placeholder")});
}

ViewRef searchBar(Host& host, std::string id) {
    auto field = searchButton(host, std::move(id), largeText(host));
    auto scan = scanButton(host, "tile.scan", "scan.button");
    scan.kind = ButtonKind::Outline;
    scan.spoken = scan.label;
    scan.label = unbroken(scan.label);
    return row({grow(std::move(field)), button(std::move(scan))}, {.gap = 16, .align = Align::Stretch});
}

CitySearchScreen::CitySearchScreen(Host& host)
    : host_(host),
      city_(host.services().city()),
      typed_(std::make_shared<TextEdit>(TextEdit::Options{.limit = kLongestQuery})) {
    typed_->onChange = [this] {
        look();
        host_.refresh();
    };
}

void CitySearchScreen::look() {
    const auto text = typed_->text();
    const auto& services = host_.services();
    items_ =
        city_->search({.typed = text, .from = ownPlace(host_), .limit = kMostFound}, services.clock.wall());
    code_.reset();
    auto read = services.readScanned(text);
    if (!std::holds_alternative<identity::UnknownText>(read)) code_ = std::move(read);
}

/// A code typed here is as good as one that was scanned.
ViewRef CitySearchScreen::codeRow() {
    if (!code_) return nullptr;
    const bool report = std::holds_alternative<identity::ReportCode>(*code_);
    return listRow({.id = "found.code",
                    .icon = report ? "campaign" : "qr_code_2",
                    .pair = report ? TilePair::Red : TilePair::Blue,
                    .title = host_.tr(report ? "home.follow.short" : "city.search.code"),
                    .detail = typed_->text(),
                    .onPress =
                        [this] {
                            auto read = host_.services().readScanned(typed_->text());
                            openScanned(host_, std::move(read));
                        },
                    .opens = true});
}

Views CitySearchScreen::services() {
    Views rows;
    const auto typed = words(typed_->text());
    for (const auto& service : kHomeServices) {
        const auto key = std::string("home.tile.") + service.id;
        const auto name = host_.tr(key), hint = host_.tr(key + ".hint");
        // One word of a hint says little: "trường" is in "môi trường".
        const auto named = host_.trBoth(key);
        if (!isIn(typed, typed.size() > 1 ? named + " " + host_.trBoth(key + ".hint") : named)) continue;
        rows.push_back(listRow({.id = std::string("found.") + service.id,
                                .icon = service.icon,
                                .pair = service.pair,
                                .title = name,
                                .detail = hint,
                                .onPress = [this, &service] { openService(host_, service); },
                                .opens = true}));
    }
    if (auto turn = turnRow(typed)) rows.push_back(std::move(turn));
    return rows;
}

/// A number, or a day, is for a procedure: that is chosen first.
ViewRef CitySearchScreen::turnRow(const std::vector<std::string>& typed) {
    const bool offered = !host_.services().config.turns.office.empty() && host_.services().turns;
    const auto known = host_.trBoth("turn.button") + " " + host_.trBoth("appointment.ask") + " " +
                       host_.trBoth("turn.also_found_by");
    if (!offered || !isIn(typed, known)) return nullptr;
    return listRow({.id = "found.turn",
                    .icon = "confirmation_number",
                    .pair = TilePair::Green,
                    .title = host_.tr("turn.button") + " · " + host_.tr("appointment.ask"),
                    .detail = host_.tr("turn.found"),
                    .onPress = [this] { host_.open(std::make_unique<CityListScreen>(host_, "procedure")); },
                    .opens = true});
}

/// "Trường học", "Y tế": whoever types the name of a kind wants its list.
Views CitySearchScreen::kinds() {
    Views rows;
    const auto typed = words(typed_->text());
    for (const auto& kind : city_->catalogue().kinds()) {
        if (!isIn(typed, kind.name.vi + " " + kind.name.en) || !city_->has(kind.id)) continue;
        rows.push_back(kindRow(host_, *city_, kind));
    }
    return rows;
}

/// A name of before July 2025: what the place is called now. Not for what fits half the city.
ViewRef CitySearchScreen::formerWard() {
    constexpr std::size_t kFew = 3;
    const auto matches = host_.services().wards.search(typed_->text(), kFew + 1);
    if (words(typed_->text()).size() < 2 || matches.empty() || matches.size() > kFew) return nullptr;
    std::string all;
    for (const auto& match : matches)
        if (!match.oldName.empty())
            all +=
                (all.empty() ? "" : "\n") +
                host_.tr("city.search.former", {{"former", match.oldName}, {"ward", match.ward->fullName}});
    if (all.empty()) return nullptr;
    return banner({.mood = Mood::Info, .icon = "history", .text = all, .id = "former"});
}

ViewRef CitySearchScreen::head(const catalogue::Kind& kind, bool more) {
    auto name = paragraph(kind.name.in(host_.session().language), {.role = Type::Heading, .heading = true});
    if (!more) return name;
    return row({grow(std::move(name)), button({.id = "more." + kind.id,
                                               .label = host_.tr("city.search.more"),
                                               .icon = "chevron_right",
                                               .kind = ButtonKind::Chip,
                                               .onPress = [this, id = kind.id] {
                                                   host_.open(std::make_unique<CityListScreen>(
                                                       host_, id, typed_->text()));
                                               }})});
}

/// By kind; the kind of what fits best comes first.
Views CitySearchScreen::found() {
    Views rows;
    if (auto code = codeRow()) rows.push_back(std::move(code));
    if (auto former = formerWard()) rows.push_back(std::move(former));
    for (auto& row : services()) rows.push_back(std::move(row));
    for (auto& row : kinds()) rows.push_back(std::move(row));
    std::vector<std::string> seen;
    for (const auto& first : items_) {
        const auto& id = first.entry.kind;
        const auto* kind = city_->catalogue().kind(id);
        if (!kind || std::ranges::find(seen, id) != seen.end()) continue;
        seen.push_back(id);
        Views some;
        std::size_t of = 0;
        for (const auto& item : items_)
            if (item.entry.kind == id && ++of <= kOfAKind) some.push_back(entryRow(host_, city_, item));
        rows.push_back(head(*kind, of > kOfAKind || items_.size() == kMostFound));
        for (auto& row : some) rows.push_back(std::move(row));
    }
    if (rows.empty())
        rows.push_back(banner({.mood = Mood::Info,
                               .icon = "search_off",
                               .title = host_.tr("city.search.none", {{"typed", typed_->text()}}),
                               .text = host_.tr("city.search.none.what"),
                               .id = "none"}));
    return rows;
}

/// Nothing typed yet: the groups, as a way without typing.
ViewRef CitySearchScreen::suggestions() {
    Views chips;
    for (const auto& group : city_->catalogue().groups())
        chips.push_back(button({.id = "group." + group.id,
                                .label = group.name.in(host_.session().language),
                                .icon = group.icon,
                                .kind = ButtonKind::Chip,
                                .onPress = [this, &group] { openGroup(host_, group); }}));
    return wrap(std::move(chips));
}

Page CitySearchScreen::render() {
    auto field = textField(
        {.id = "search",
         .model = typed_,
         .placeholder = host_.tr(largeText(host_) ? "city.search.short" : "city.search.placeholder"),
         .icon = "search",
         .spoken = host_.tr("city.search.placeholder")});
    Views narrowing{std::move(field)};
    if (typed_->empty()) narrowing.push_back(muted(host_.tr("city.search.help")));
    return {.content = listBody(host_, "page.search", std::move(narrowing),
                                typed_->empty() ? Views{suggestions()} : found()),
            .left = {scanButton(host_, "scan", "scan.button")},
            .fields = {{"search", {typed_, KeyboardLayout::Vietnamese, [this] { host_.leaveField(); }}}},
            .focus = "search"};
}

}  // namespace tram::screens
