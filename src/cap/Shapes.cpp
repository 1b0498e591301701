#include "cap/Shapes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace tram::cap {

namespace {

constexpr std::size_t kMostReferences = 200;
constexpr double kHalfWorld = 20'038;  // kilometres: beyond it a circle is everywhere

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The next piece between blanks; `text` is what follows it.
std::string_view nextPiece(std::string_view& text) {
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    const auto end = std::ranges::find_if(text, isBlank) - text.begin();
    const auto piece = text.substr(0, static_cast<std::size_t>(end));
    text.remove_prefix(piece.size());
    return piece;
}

bool readNumber(std::string_view text, double& out) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, wrong] =
        std::from_chars(text.data(), text.data() + text.size(), out, std::chars_format::fixed);
    return wrong == std::errc() && end == text.data() + text.size() && std::isfinite(out);
}

bool readPoint(std::string_view pair, Point& out) {
    const auto comma = pair.find(',');
    return comma != pair.npos && readNumber(pair.substr(0, comma), out.latitude) &&
           readNumber(pair.substr(comma + 1), out.longitude) && isPoint(out);
}

/// Whether `p` stands on the line from `a` to `b`.
bool isOn(const Point& a, const Point& b, const Point& p) {
    const double across = (b.longitude - a.longitude) * (p.latitude - a.latitude) -
                          (b.latitude - a.latitude) * (p.longitude - a.longitude);
    const auto [south, north] = std::minmax(a.latitude, b.latitude);
    const auto [west, east] = std::minmax(a.longitude, b.longitude);
    return std::abs(across) < 1e-12 && south <= p.latitude && p.latitude <= north && west <= p.longitude &&
           p.longitude <= east;
}

bool isLetters(std::string_view text, bool digits) {
    return !text.empty() && text.size() <= 8 && std::ranges::all_of(text, [&](char c) {
        return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || (digits && '0' <= c && c <= '9');
    });
}

std::optional<Reference> readReference(std::string_view text) {
    const auto first = text.find(','), last = text.rfind(',');
    if (first == last || first == text.npos) return {};
    const auto sender = text.substr(0, first), identifier = text.substr(first + 1, last - first - 1);
    const auto sent = readTime(text.substr(last + 1));
    if (!isName(sender) || !isName(identifier) || !sent) return {};
    return Reference{std::string(sender), std::string(identifier), *sent};
}

}  // namespace

std::optional<base::WallTime> readTime(std::string_view text) {
    base::WallTime time;
    const bool shaped = text.size() == 25 && text[10] == 'T' && (text[19] == '+' || text[19] == '-');
    if (!shaped || !base::fromRfc3339(text, time)) return {};
    return time;
}

std::string writeTime(base::WallTime time) {
    auto text = base::toRfc3339(time);
    return text.erase(19, 4);  // the milliseconds
}

std::optional<Polygon> readPolygon(std::string_view text) {
    Polygon polygon;
    for (auto pair = nextPiece(text); !pair.empty(); pair = nextPiece(text))
        if (!readPoint(pair, polygon.emplace_back())) return {};
    if (polygon.size() < 4 || polygon.front() != polygon.back()) return {};
    return polygon;
}

std::optional<Circle> readCircle(std::string_view text) {
    Circle circle;
    if (!readPoint(nextPiece(text), circle.centre) || !readNumber(nextPiece(text), circle.kilometres) ||
        circle.kilometres < 0 || !nextPiece(text).empty())
        return {};
    circle.kilometres = std::min(circle.kilometres, kHalfWorld);
    return circle;
}

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= 300 && std::ranges::none_of(text, [](char c) {
        return isBlank(c) || c == ',' || c == '<' || c == '&' || (c >= 0 && c < 0x20) || c == 0x7F;
    });
}

std::optional<std::vector<Reference>> readReferences(std::string_view text) {
    std::vector<Reference> all;
    for (auto piece = nextPiece(text); !piece.empty(); piece = nextPiece(text)) {
        auto reference = readReference(piece);
        if (!reference || all.size() == kMostReferences) return {};
        all.push_back(std::move(*reference));
    }
    return all;
}

bool isLanguage(std::string_view text) {
    if (text.size() > 40) return false;
    for (bool first = true;; first = false) {
        const auto dash = text.find('-');
        if (!isLetters(text.substr(0, dash), !first)) return false;
        if (dash == text.npos) return true;
        text.remove_prefix(dash + 1);
    }
}

bool isPoint(const Point& point) {
    return std::abs(point.latitude) <= 90 && std::abs(point.longitude) <= 180;
}

bool contains(const Polygon& polygon, const Point& point) {
    bool inside = false;
    for (std::size_t i = 0; i + 1 < polygon.size(); ++i) {
        const auto &a = polygon[i], &b = polygon[i + 1];
        if (isOn(a, b, point)) return true;
        if ((a.latitude > point.latitude) == (b.latitude > point.latitude)) continue;
        const double crossing = a.longitude + (b.longitude - a.longitude) * (point.latitude - a.latitude) /
                                                  (b.latitude - a.latitude);
        if (point.longitude < crossing) inside = !inside;
    }
    return inside;
}

/// Haversine on a sphere: within 0.5 %.
bool contains(const Circle& circle, const Point& point) {
    constexpr double kRadian = std::numbers::pi / 180, kEarth = 6371.0088;
    const double north = (point.latitude - circle.centre.latitude) * kRadian,
                 east = (point.longitude - circle.centre.longitude) * kRadian;
    const double h = std::pow(std::sin(north / 2), 2) + std::cos(point.latitude * kRadian) *
                                                            std::cos(circle.centre.latitude * kRadian) *
                                                            std::pow(std::sin(east / 2), 2);
    return 2 * kEarth * std::asin(std::sqrt(std::min(1.0, h))) <= circle.kilometres;
}

}  // namespace tram::cap
