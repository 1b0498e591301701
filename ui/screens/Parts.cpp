#include "ui/screens/Parts.h"

#include "catalogue/Freshness.h"
#include "qr/QrCode.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;

namespace {

constexpr double kCentredWidth = 900;

/// Part of the page's margin lies inside, so that a focus ring is not cut off at the scroll's edge.
constexpr double kOutside = 24, kInside = 16;

constexpr double kTop = 40, kBottom = 32;

ViewRef scrolling(const Host& host, std::string id, ViewRef content, double top = kTop, bool whole = false) {
    return grow(padding(scroll(std::move(id), padding(std::move(content), {kInside, top, kInside, kBottom}),
                               {host.tr("action.previous"), host.tr("action.following"), kInside, whole}),
                        {kOutside, 0, kOutside, 0}));
}

}  // namespace

bool largeText(const Host& host) {
    constexpr int kLargePercent = 125;
    return host.theme().textPercent() > kLargePercent;
}

TilePair pairOf(Mood mood) {
    if (mood == Mood::Ok) return TilePair::Green;
    return mood == Mood::Warn ? TilePair::Orange : TilePair::Blue;
}

ViewRef title(const std::string& text) {
    return paragraph(text, {.role = Type::Display, .heading = true});
}

ViewRef muted(const std::string& text, Align align) {
    auto view = paragraph(text, {.role = Type::Body, .colour = Colour::Muted, .align = align});
    return align == Align::Centre ? sized(view, {.maxWidth = kCentredWidth, .withText = true}) : view;
}

std::string sourceName(const Host& host, const std::string& source) {
    const auto key = "follow.source." + source;
    const auto name = host.tr(key);
    return name == key ? source : name;
}

/// What was told from a day that is yet to come has no age that anybody knows.
ViewRef sourceLine(const Host& host, const std::string& source, const std::string& asOf) {
    base::WallTime at{};
    const auto now = host.services().clock.wall();
    const bool ahead = base::fromRfc3339(asOf, at) && at > now + catalogue::kMostAhead;
    return paragraph(ahead ? host.tr("city.source.undated", {{"source", sourceName(host, source)}})
                           : host.tr("follow.status.source",
                                     {{"source", sourceName(host, source)}, {"time", dayTime(asOf)}}),
                     {.role = Type::Caption, .colour = Colour::Muted, .align = Align::Centre});
}

ViewRef body(const Host& host, std::string id, Views children) {
    return scrolling(host, std::move(id), column(std::move(children)));
}

ViewRef tilesBody(const Host& host, std::string id, Views children, double gap) {
    const double top = gap == kDefault ? kTop : kInside;
    return scrolling(host, std::move(id), column(std::move(children), {.gap = gap}), top, true);
}

ViewRef centredBody(const Host& host, std::string id, Views children, double maxWidth) {
    auto content = sized(column(std::move(children), {.gap = 32}), {.maxWidth = maxWidth, .withText = true});
    return scrolling(host, std::move(id), column({spacer(), content, spacer()}, {.gap = 0}));
}

namespace {

/// Forms of one page, from the one with most to look at to the one that needs least height.
class OutcomeForms {
  public:
    OutcomeForms(const Host& host, Outcome outcome) : host_(host), o_(std::move(outcome)) {
        std::erase(o_.ways, nullptr);
        std::erase(o_.told, nullptr);
    }

    ViewRef view() const {
        if (!beside()) return firstToFit({below(true), below(false)}, Fit::Height);
        Views forms{pair(told(true), ways(o_.code), Align::Centre, kApart),
                    pair(told(false), ways(o_.code), Align::Centre), below(false)};
        forms.push_back(o_.code ? pair(codeFirst(), ways(what()), Align::Start)
                                : pair(told(false), ways(nullptr), Align::Start));
        return firstToFit(std::move(forms), Fit::Height);
    }

  private:
    bool beside() const { return !host_.theme().portrait() && (o_.code || !o_.ways.empty()); }

    ViewRef head(bool roomy) const {
        return o_.words(o_.title, {.role = roomy ? Type::Display : Type::Title,
                                   .align = Align::Centre,
                                   .heading = true,
                                   .id = o_.id});
    }
    ViewRef what(bool withKept = true) const {
        if (o_.what.empty()) return nullptr;
        const bool kept = withKept && !o_.kept.empty();
        return muted(kept ? o_.what + "\n" + o_.kept : o_.what, Align::Centre);
    }
    Views told(bool roomy, bool withKept = true) const {
        Views all{roomy ? hero(o_.icon, o_.mood) : nullptr, head(roomy), what(withKept)};
        all.insert(all.end(), o_.told.begin(), o_.told.end());
        return all;
    }
    Views codeFirst() const { return {head(false), o_.code}; }
    Views ways(ViewRef last) const {
        auto all = o_.ways;
        all.push_back(std::move(last));
        return all;
    }

    ViewRef pair(Views left, Views right, Align justify, double apart = kDefault) const {
        return centredBody(host_, o_.page,
                           {grid(2,
                                 {column(std::move(left), {.gap = apart, .justify = justify}),
                                  column(std::move(right), {.justify = justify})},
                                 {.gap = kBeside})},
                           0);
    }
    ViewRef below(bool roomy) const {
        const bool keptLast = !roomy && !o_.kept.empty();
        auto all = told(roomy, !keptLast);
        for (auto& view : ways(o_.code)) all.push_back(std::move(view));
        if (keptLast) all.push_back(muted(o_.kept, Align::Centre));
        return centredBody(host_, o_.page, std::move(all));
    }

    static constexpr double kApart = 32, kBeside = 40;

    const Host& host_;
    Outcome o_;
};

}  // namespace

ViewRef outcomeBody(const Host& host, Outcome outcome) {
    return OutcomeForms(host, std::move(outcome)).view();
}

ViewRef picturedSteps(std::vector<PicturedStep> steps, bool abreast) {
    Views all;
    for (const auto& step : steps) {
        auto picture = iconTile(step.icon, TilePair::Blue);
        const TextStyle style{.role = Type::SmallStrong, .align = abreast ? Align::Centre : Align::Start};
        auto words = paragraph(step.text, style);
        all.push_back(abreast ? column({row({picture}, {.justify = Align::Centre}), words}, {.gap = 16})
                              : row({picture, grow(words)}, {.flow = false}));
    }
    if (!abreast) return column(std::move(all));
    const int count = static_cast<int>(all.size());
    return grid(count, std::move(all), {.minWidth = 240});
}

ViewRef whatToDo(const Host& host, const std::vector<std::string>& lines) {
    Views rows{paragraph(host.tr("problem.now"), {.role = Type::Title, .heading = true})};
    for (const auto& line : lines) rows.push_back(paragraph("• " + line));
    auto view = card(column(std::move(rows), {.gap = 16}));
    view->id = "problem.now";
    return view;
}

ViewRef qrCard(const std::string& link, double size, const std::string& spoken) {
    auto code = qr::QrCode::encode(link);
    if (!code) return nullptr;
    return card(kit::qr(std::move(*code), size, spoken));
}

int wordsLines(const Host& host) {
    return largeText(host) && !host.theme().portrait() ? 2 : 3;
}

std::shared_ptr<const std::string> shownBytes(const base::SecretBytes& picture) {
    const auto& bytes = picture.reveal();
    return {new std::string(bytes.begin(), bytes.end()), [](std::string* shown) {
                base::wipe(shown->data(), shown->size());
                delete shown;
            }};
}

ViewRef halves(Views buttons) {
    std::erase(buttons, nullptr);
    const int count = static_cast<int>(buttons.size());
    return grid(count, std::move(buttons), {.whole = true, .roomy = true});
}

ViewRef dangerBanner(const Host& host, std::string_view key) {
    return banner(
        {.mood = Mood::Danger,
         .icon = "warning",
         .text = host.tr(key, {{"numbers", emergencyNumbers(host.services(), host.session().language)}})});
}

ButtonOptions primary(std::string id, std::string label, std::string icon, Action onPress) {
    return {.id = std::move(id),
            .label = std::move(label),
            .icon = std::move(icon),
            .kind = ButtonKind::Primary,
            .onPress = std::move(onPress),
            .main = true};
}

}  // namespace tram::screens
