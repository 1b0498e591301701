#include "ui/screens/CityEntryScreen.h"

#include <algorithm>

#include "catalogue/Freshness.h"
#include "catalogue/ValueWords.h"
#include "feedback/Receipt.h"
#include "qr/QrCode.h"
#include "ui/screens/EntryWords.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/PaperSheets.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/SurveyScreen.h"
#include "ui/screens/Wording.h"
#include "wire/Directions.h"

namespace tram::screens {

using namespace kit;
using catalogue::FieldType;
using catalogue::FieldValue;

namespace {

constexpr double kCode = 330;  ///< of a QR code, quiet zone included
/// That at the theme's own 2.7 pixels a millimetre, and how far away a phone is held, in millimetres.
constexpr double kCodeMm = kCode / 2.7, kArm = 600;

/// Lines of their own beneath the label, not a value beside it.
bool isLong(const FieldValue& value) {
    return value.field->type == FieldType::Prose || value.field->type == FieldType::List;
}

/// What comes after what, so that one can say "I am at the third".
ViewRef steps(const FieldValue& value) {
    constexpr double kNumber = 56;
    Views rows;
    for (std::size_t at = 0; at < value.lines.size(); ++at)
        rows.push_back(row({sized(plainText(std::to_string(at + 1) + ".",
                                            {.role = Type::BodyStrong, .colour = Colour::Primary}),
                                  {.width = kNumber}),
                            grow(plainText(value.lines[at]))},
                           {.gap = 0, .align = Align::Start, .flow = false}));
    return column(std::move(rows), {.gap = 14});
}

ViewRef longValue(const Host& host, const FieldValue& value, bool alone) {
    auto text = value.field->numbered ? steps(value) : plainText(valueText(host, value));
    if (alone) return text;
    const auto& label = value.field->label.in(host.session().language);
    return column({plainText(label, {.role = Type::CaptionStrong, .colour = Colour::Muted}), text},
                  {.gap = 8});
}

}  // namespace

CityEntryScreen::CityEntryScreen(Host& host, CityRef city, content::City::Item item)
    : host_(host),
      city_(std::move(city)),
      item_(std::move(item)),
      kind_(*city_->catalogue().kind(item_.entry.kind)),
      values_(catalogue::fieldValues(kind_, item_.entry.fields)) {
    if (kind_.dossiers) askOffice();
    askRating();
}

/// Of an office: by its ward when it is the ward's own centre, as tickets count, else by its name, as
/// dossiers do. Nothing is said while there is nothing to say.
void CityEntryScreen::askRating() {
    constexpr std::string_view kOffices = "agency", kCentre = "hanh-chinh-cong";
    const auto& ask = host_.services().officeRating;
    if (kind_.id != kOffices || !ask) return;
    std::vector<std::string> names{item_.entry.title};
    const auto* type = catalogue::valueOf(values_, "type");
    const bool centre = type && type->text == kCentre;
    if (centre && !item_.entry.ward.empty()) names.insert(names.begin(), item_.entry.ward);
    auto& scheduler = host_.services().scheduler;
    scheduler.background([this, &ui = scheduler, token = lifetime_.token(), ask, names] {
        for (const auto& name : names) {
            const auto told = ask(name);
            if (!told) continue;
            return ui.onUi(token, [this, rating = *told] {
                rating_ = rating;
                host_.refresh();
            });
        }
    });
}

ViewRef CityEntryScreen::ratingLine() const {
    if (!rating_) return nullptr;
    const auto& language = host_.session().language;
    const auto average = std::to_string(rating_->tenths / 10) + (language == "en" ? "." : ",") +
                         std::to_string(rating_->tenths % 10);
    base::WallTime until{};
    (void)base::fromRfc3339(rating_->asOf + "T00:00:00+07:00", until);
    return row(
        {icon("star", 36, Colour::Primary),
         grow(plainText(
             host_.tr("city.rated", {{"average", average},
                                     {"count", number(static_cast<std::size_t>(rating_->count), language)},
                                     {"day", day(until)}}),
             {.id = "rated"}))},
        {.gap = 16, .flow = false});
}

ViewRef CityEntryScreen::head() const {
    const auto& language = host_.session().language;
    std::string where = kind_.name.in(language);
    if (!item_.entry.ward.empty()) where += " · " + wardName(host_.services(), item_.entry.ward);
    return row({iconTile(kind_.icon, pairOfGroup(*city_, kind_.id)),
                grow(column({plainText(item_.entry.title, {.role = Type::Display, .heading = true}),
                             plainText(where, {.role = Type::Small, .colour = Colour::Muted})},
                            {.gap = 8}))},
               {.gap = 26, .align = Align::Start, .flow = false});
}

ViewRef CityEntryScreen::openBanner() const {
    const auto open = openNow(host_, values_);
    if (!open) return nullptr;
    return banner(
        {.mood = open->open ? Mood::Ok : Mood::Warn, .icon = "schedule", .text = open->text, .id = "open"});
}

ViewRef CityEntryScreen::wayThere() const {
    if (!item_.metres) return nullptr;
    const auto walk = walkText(host_, *item_.metres);
    const auto distance = host_.tr("city.distance", {{"distance", distanceText(host_, *item_.metres)}});
    return row({icon("directions_walk", 36, Colour::Primary),
                grow(plainText(walk.empty() ? distance : distance + " · " + walk))},
               {.gap = 16, .flow = false});
}

ViewRef CityEntryScreen::section(const catalogue::Section& section) const {
    std::vector<Fact> rows;
    Views longs;
    for (const auto& id : section.fields) {
        const auto* value = catalogue::valueOf(values_, id);
        if (!value || value->field->type == FieldType::Link) continue;  // a code of its own
        if (isLong(*value))
            longs.push_back(longValue(host_, *value, section.fields.size() == 1));
        else
            rows.push_back({value->field->label.in(host_.session().language), valueText(host_, *value)});
    }
    if (rows.empty() && longs.empty()) return nullptr;
    Views parts{
        paragraph(section.title.in(host_.session().language), {.role = Type::Heading, .heading = true})};
    if (!rows.empty()) parts.push_back(facts(std::move(rows)));
    for (auto& view : longs) parts.push_back(std::move(view));
    return card(column(std::move(parts), {.gap = 16}));
}

Views CityEntryScreen::sections() const {
    Views all;
    for (const auto& one : kind_.sections)
        if (auto view = section(one)) all.push_back(std::move(view));
    return all;
}

ViewRef CityEntryScreen::code(const std::string& link, const std::string& words, const std::string& id,
                              const std::string& note) const {
    auto picture = qrCard(link, kCode, words);
    if (!picture) return nullptr;
    auto beside = column({plainText(words, {.role = Type::SmallStrong}),
                          plainText(note.empty() ? catalogue::hostOf(link) : note,
                                    {.role = Type::Caption, .colour = Colour::Muted})},
                         {.gap = 8});
    auto view = card(row({std::move(picture), grow(std::move(beside))}, {.gap = 24}));
    view->id = id;
    return view;
}

ViewRef CityEntryScreen::directions() const {
    if (!item_.entry.place) return nullptr;
    const auto& place = *item_.entry.place;
    const auto link =
        wire::directionsTo(host_.services().config.directionsLink, place.latitude, place.longitude);
    return code(link, host_.tr("city.directions"), "code.directions");
}

/// The same page at the gateway.
ViewRef CityEntryScreen::takeAlong() const {
    const auto link =
        feedback::linkIn(host_.session().language,
                         host_.services().station.publicUrl + "/muc/" + kind_.id + "/" + item_.entry.id);
    const auto symbol = qr::QrCode::encode(link);
    if (!symbol || symbol->leastSideMm(kArm) > kCodeMm) return nullptr;
    return code(link, host_.tr("city.take_along"), "code.page", host_.tr("city.take_along.what"));
}

/// What is good on a phone: the way there, this page, and the links of the entry.
Views CityEntryScreen::codes() const {
    Views all{directions(), takeAlong()};
    for (const auto& value : values_)
        if (value.field->type == FieldType::Link)
            all.push_back(code(
                value.text,
                host_.tr("city.open_on_phone", {{"what", value.field->label.in(host_.session().language)}}),
                "code." + value.field->id));
    for (const auto* field : catalogue::refusedLinks(kind_, item_.entry.fields))
        all.push_back(refused(*field));
    std::erase(all, nullptr);
    if (!all.empty())
        all.insert(all.begin(), paragraph(host_.tr("city.on_phone"),
                                          {.role = Type::Heading, .heading = true, .id = "codes"}));
    return all;
}

/// What is to be brought is ticked off at home.
bool CityEntryScreen::hasChecklist() const {
    return std::ranges::any_of(values_, [](const FieldValue& value) { return value.field->checklist; });
}

Page CityEntryScreen::render() {
    Views main{openBanner(), ratingLine(), wayThere()};
    if (kind_.dossiers)
        for (auto& view : procedureWays()) main.push_back(std::move(view));
    for (auto& view : sections()) main.push_back(std::move(view));
    auto beside = codes();
    const bool hasCodes = !beside.empty();
    const bool two = !host_.theme().portrait() && hasCodes && !largeText(host_);
    Views rows{head()};
    if (two) {
        rows.push_back(row({grow(column(std::move(main)), 3), grow(column(std::move(beside)), 2)},
                           {.align = Align::Start, .flow = false}));
    } else {
        for (auto& view : main) rows.push_back(std::move(view));
        for (auto& view : beside) rows.push_back(std::move(view));
    }
    rows.push_back(sourceLine(host_, item_.about->source, item_.about->asOf));
    Page page{.content = body(host_, "page.entry", std::move(rows))};
    if (hasCodes && !two)
        page.right.push_back(
            {.id = "phone",
             .label = host_.tr(item_.entry.place ? "city.directions.short" : "city.to_phone"),
             .icon = "qr_code_2",
             .kind = ButtonKind::Outline,
             .onPress = [this] { host_.reveal("codes"); }});
    if (hasChecklist())
        if (auto print = printButton(host_, [this] { return checklistSheet(host_, kind_, item_, values_); }))
            page.right.push_back(std::move(*print));
    if (const auto* form = catalogue::valueOf(values_, kind_.form))
        page.right.push_back(primary("answer", host_.tr("survey.answer"), "how_to_vote",
                                     [&host = host_, id = item_.entry.id, form = form->text,
                                      until = catalogue::dateIn(item_.entry.fields, kind_.until)] {
                                         openSurvey(host, id, form, until);
                                     }));
    if (kind_.report)
        page.right.push_back(primary("report", host_.tr("action.report"), "campaign",
                                     [&host = host_] { openFeedback(host); }));
    return page;
}

}  // namespace tram::screens
