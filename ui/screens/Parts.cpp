#include "ui/screens/Parts.h"

#include "qr/QrCode.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;

namespace {

/// On a wide screen lines longer than about ninety letters are hard to follow.
constexpr double kReadingWidth = 1240;
constexpr double kCentredWidth = 900;

/// Part of the page's margin lies inside, so that a focus ring is not cut off at the scroll's edge.
constexpr double kOutside = 24, kInside = 16;

ViewRef scrolling(const Host& host, std::string id, ViewRef content) {
    return grow(padding(scroll(std::move(id), padding(std::move(content), {kInside, 40, kInside, 32}),
                               {host.tr("action.previous"), host.tr("action.following"), kInside}),
                        {kOutside, 0, kOutside, 0}));
}

}  // namespace

bool largeText(const Host& host) {
    constexpr int kLargePercent = 125;
    return host.theme().textPercent() > kLargePercent;
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

ViewRef sourceLine(const Host& host, const std::string& source, const std::string& asOf) {
    return paragraph(
        host.tr("follow.status.source", {{"source", sourceName(host, source)}, {"time", dayTime(asOf)}}),
        {.role = Type::Caption, .colour = Colour::Muted, .align = Align::Centre});
}

ViewRef body(const Host& host, std::string id, Views children) {
    return scrolling(host, std::move(id), column(std::move(children)));
}

ViewRef centredBody(const Host& host, std::string id, Views children) {
    auto content =
        sized(column(std::move(children), {.gap = 32}), {.maxWidth = kReadingWidth, .withText = true});
    return scrolling(host, std::move(id), column({spacer(), content, spacer()}, {.gap = 0}));
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
