#include "ui/screens/CityListScreen.h"

#include <algorithm>

#include "ui/screens/Parts.h"
#include "ui/screens/TurnScreen.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;

namespace {

constexpr std::size_t kPage = 20, kFoundOfKind = 50;

}  // namespace

CityListScreen::CityListScreen(Host& host, std::string kind, const std::string& typed)
    : host_(host),
      city_(host.services().city()),
      kind_(city_->catalogue().kind(kind)),
      search_(std::make_shared<TextEdit>(TextEdit::Options{.limit = kLongestQuery})) {
    search_->set(typed);
    search_->onChange = [this] {
        find();
        host_.refresh();
    };
    load();
}

CityListScreen::State CityListScreen::state() const {
    if (!kind_ || city_->empty()) return State::Nothing;
    if (listing_.tooOld) return State::TooOld;
    if (!listing_.items.empty()) return State::Listed;
    return narrowed() ? State::None : State::Nothing;
}

std::string CityListScreen::name() const {
    switch (state()) {
        case State::TooOld:
            return "city_list_too_old";
        case State::Nothing:
            return "city_list_nothing";
        default:
            return "city_list";  // one page, whatever is found: the keyboard stays
    }
}

bool CityListScreen::narrowed() const {
    return !search_->empty() || !chosen_.empty() || onlyHere_;
}

pack::ListQuery CityListScreen::query() const {
    pack::ListQuery query{.kind = kind_->id, .limit = pages_ * kPage};
    if (onlyHere_) query.ward = host_.services().station.wardCode;
    for (const auto& [field, value] : chosen_) query.only.push_back({field, value});
    if (kind_->place != catalogue::PlaceNeed::None) query.from = ownPlace(host_);
    return query;
}

void CityListScreen::load() {
    if (!kind_) return;
    all_ = city_->list(query(), host_.services().clock.wall());
    find();
}

/// With each key: what is not typed for has been read already.
void CityListScreen::find() {
    if (!kind_) return;
    listing_ = all_;
    if (search_->empty() || listing_.tooOld) return;
    auto narrowed = query();
    auto found = city_->search({.typed = search_->text(),
                                .kind = kind_->id,
                                .from = narrowed.from,
                                .limit = kFoundOfKind,
                                .ward = std::move(narrowed.ward),
                                .only = std::move(narrowed.only)},
                               host_.services().clock.wall());
    listing_.total = found.size();
    listing_.items = std::move(found);
}

void CityListScreen::choose(const std::string& field, const std::string& value) {
    if (chosen_[field] == value)
        chosen_.erase(field);
    else
        chosen_[field] = value;
    pages_ = 1;
    load();
    host_.refresh();
}

void CityListScreen::chooseWard() {
    onlyHere_ = !onlyHere_;
    pages_ = 1;
    load();
    host_.refresh();
}

ViewRef CityListScreen::chip(const std::string& id, const std::string& label, bool selected,
                             Action onPress) const {
    // Whoever types wants to see what is found: then only what is chosen stands there.
    if (!selected && !search_->empty()) return nullptr;
    return button({.id = id,
                   .label = label,
                   .kind = ButtonKind::Chip,
                   .selected = selected,
                   .onPress = std::move(onPress)});
}

Views CityListScreen::chipsOf(const catalogue::Field& field) {
    Views chips;
    const auto chosen = chosen_.find(field.id);
    for (const auto& choice : field.choices) {
        const bool selected = chosen != chosen_.end() && chosen->second == choice.value;
        if (choice.filter || selected)
            chips.push_back(chip("only." + field.id + "." + choice.value,
                                 choice.label.in(host_.session().language), selected,
                                 [this, id = field.id, value = choice.value] { this->choose(id, value); }));
    }
    std::erase(chips, nullptr);
    return chips;
}

/// With large letters filters would fill the page before the first entry.
bool CityListScreen::folds() const {
    return largeText(host_) && !unfolded_ && chosen_.empty() && search_->empty() && !kind_->filters.empty();
}

/// Each filter by its name, where there are several: "Loại", "Bảo hiểm y tế".
Views CityListScreen::filters() {
    Views all;
    const auto& ward = host_.services().station.wardCode;
    if (kind_->place != catalogue::PlaceNeed::None && host_.services().wards.byCode(ward))
        all.push_back(chip("only.ward",
                           host_.tr("city.list.only_ward", {{"ward", wardName(host_.services(), ward)}}),
                           onlyHere_, [this] { chooseWard(); }));
    if (folds()) {
        all.push_back(button({.id = "filters",
                              .label = host_.tr("city.list.filters"),
                              .icon = "tune",
                              .kind = ButtonKind::Chip,
                              .onPress = [this] {
                                  unfolded_ = true;
                                  host_.refresh();
                              }}));
        return {wrap(std::move(all))};
    }
    for (const auto& id : kind_->filters) {
        const auto& field = *kind_->field(id);
        auto chips = chipsOf(field);
        if (chips.empty()) continue;
        all.push_back(column({plainText(field.label.in(host_.session().language),
                                        {.role = Type::CaptionStrong, .colour = Colour::Muted}),
                              wrap(std::move(chips))},
                             {.gap = 8, .align = Align::Start}));
    }
    return all;
}

ViewRef CityListScreen::countLine() const {
    const auto count = number(listing_.total, host_.session().language);
    const bool near = !listing_.items.empty() && listing_.items.front().metres;
    const char* key = !search_->empty() ? "city.list.count_found"
                      : near            ? "city.list.count_near"
                                        : "city.list.count";
    auto text = host_.tr(key, {{"count", count}});
    // How old it is stands at the end, too, with whose word it is: a long list is seldom read to there.
    const auto asOf = listing_.items.empty() ? std::string() : day(listing_.items.front().about->asOf);
    if (!asOf.empty() && search_->empty()) text += " · " + host_.tr("city.list.as_of", {{"day", asOf}});
    return muted(text);
}

Views CityListScreen::found() {
    Views rows;
    if (listing_.items.empty()) {
        rows.push_back(banner({.mood = Mood::Info,
                               .icon = "search_off",
                               .title = host_.tr("city.list.none"),
                               .text = host_.tr("city.list.none.what"),
                               .id = "none"}));
        return rows;
    }
    rows.push_back(countLine());
    for (const auto& item : listing_.items) rows.push_back(entryRow(host_, city_, item));
    if (listing_.items.size() < listing_.total)
        rows.push_back(button({.id = "more",
                               .label = host_.tr("city.list.more"),
                               .icon = "expand_more",
                               .onPress =
                                   [this] {
                                       ++pages_;
                                       load();
                                       host_.refresh();
                                   },
                               .wide = true}));
    return rows;
}

Page CityListScreen::tooOld() {
    return {
        .content = outcomeBody(
            host_, {.icon = "history_toggle_off",
                    .title = host_.tr("city.too_old.title"),
                    .what = host_.tr("city.too_old.what", {{"kind", kind_->name.in(host_.session().language)},
                                                           {"day", day(listing_.about->asOf)}}),
                    .ways = {whatToDo(host_, {host_.tr("city.too_old.1"), host_.tr("city.too_old.2")})}}),
        .staff = true,
        .right = {primary("home", host_.tr("action.home"), "home", [this] { host_.home(); })}};
}

/// Whoever stands in the ward's hall may want a number before any procedure's page.
std::vector<ButtonOptions> CityListScreen::turnButton() {
    const auto& office = host_.services().config.turns.office;
    if (!kind_->dossiers || office.empty() || !host_.services().turns) return {};
    return {{.id = "turn",
             .label = host_.tr("turn.button"),
             .icon = "confirmation_number",
             .onPress = [this, office] {
                 host_.open(std::make_unique<TurnScreen>(host_, TurnErrand{office, "", "", ""}));
             }}};
}

Page CityListScreen::render() {
    const auto name = kind_ ? kind_->name.in(host_.session().language) : host_.tr("home.tile.all");
    if (state() == State::Nothing) return nothingYet(host_, name);
    if (state() == State::TooOld) return tooOld();
    auto field = textField({.id = "search",
                            .model = search_,
                            .placeholder = host_.tr("city.list.search"),
                            .icon = "search",
                            .spoken = host_.tr("city.list.search")});
    Views narrowing{title(name), std::move(field), column(filters(), {.gap = 16, .align = Align::Start})};
    auto rows = found();
    if (listing_.about) rows.push_back(sourceLine(host_, listing_.about->source, listing_.about->asOf));
    return {.content = listBody(host_, "page." + kind_->id, std::move(narrowing), std::move(rows)),
            .right = turnButton(),
            .fields = {{"search", {search_, KeyboardLayout::Vietnamese, [this] { host_.leaveField(); }}}}};
}

}  // namespace tram::screens
