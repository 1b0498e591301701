#include "map/Sketch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/Files.h"
#include "base/VietnameseText.h"

namespace tram::map {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

constexpr std::string_view kMagic = "TRAMMAP2";
constexpr double kPerDegree = 1e6;
constexpr std::array<std::string_view, kGrounds> kNames = {"water", "park",   "canal",       "border",
                                                           "lane",  "street", "main-street", "rail"};

std::int64_t steps(double degrees) {
    return std::llround(degrees * kPerDegree);
}

class Writer {
  public:
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
        bytes += static_cast<char>(value);
    }
    void text(const std::string& value) {
        number(value.size());
        bytes += value;
    }
    void point(const Point& place) {
        difference(steps(place.latitude), north_);
        difference(steps(place.longitude), east_);
    }
    std::string bytes;

  private:
    void difference(std::int64_t now, std::int64_t& before) {
        const auto step = now - before;
        number(static_cast<std::uint64_t>(step) << 1 ^ static_cast<std::uint64_t>(step >> 63));
        before = now;
    }
    std::int64_t north_ = 0, east_ = 0;
};

/// What is missing, too much or written in a longer way than needed makes it wrong.
class Reader {
  public:
    explicit Reader(std::string_view rest) : rest_(rest) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift <= 28; shift += 7) {
            if (rest_.empty()) break;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte & 0x80) continue;
            if (byte == 0 && shift > 0) break;
            return value;
        }
        wrong_ = true;
        return 0;
    }
    std::size_t count(std::size_t least, std::size_t most) {
        const auto found = number();
        // Each thing takes a byte or more: a number beyond what is left would only ask for memory.
        if (found < least || found > most || found > rest_.size()) wrong_ = true;
        return wrong_ ? 0 : found;
    }
    Ground ground() {
        const auto found = number();
        if (found >= kGrounds) wrong_ = true;
        return wrong_ ? Ground::Water : static_cast<Ground>(found);
    }
    std::string text(std::size_t most) {
        std::string found(rest_.substr(0, count(0, most)));
        rest_.remove_prefix(found.size());
        if (!base::isUtf8(found) || base::clean(found) != found) wrong_ = true;
        return found;
    }
    Point point() {
        north_ += difference();
        east_ += difference();
        if (std::abs(north_) > 90 * steps(1) || std::abs(east_) > 180 * steps(1)) wrong_ = true;
        return {static_cast<double>(north_) / kPerDegree, static_cast<double>(east_) / kPerDegree};
    }
    bool wrong() const { return wrong_; }
    bool whole() const { return !wrong_ && rest_.empty(); }

  private:
    std::int64_t difference() {
        const auto bits = number();
        return static_cast<std::int64_t>(bits >> 1) ^ -static_cast<std::int64_t>(bits & 1);
    }
    std::string_view rest_;
    bool wrong_ = false;
    std::int64_t north_ = 0, east_ = 0;
};

Shape readShape(Reader& reader, std::size_t& points) {
    Shape shape;
    shape.ground = reader.ground();
    shape.name = reader.text(Sketch::kMaxName);
    for (auto parts = reader.count(1, Sketch::kMaxShapes); parts > 0 && !reader.wrong(); --parts) {
        auto& part = shape.parts.emplace_back();
        for (auto left = reader.count(2, Sketch::kMaxPoints - points); left > 0 && !reader.wrong(); --left)
            part.push_back(reader.point());
        points += part.size();
    }
    return shape;
}

void widen(std::optional<Box>& box, const Point& place) {
    if (!box) box = Box{place.latitude, place.longitude, place.latitude, place.longitude};
    box->widen(place);
}

Box boxAround(const Shape& shape) {
    std::optional<Box> box;
    for (const auto& part : shape.parts)
        for (const auto& place : part) widen(box, place);
    return box.value_or(Box());
}

std::vector<Shape> byGround(std::vector<Shape> shapes) {
    std::vector<Shape> ordered;
    ordered.reserve(shapes.size());
    for (int ground = 0; ground < kGrounds; ++ground)
        for (auto& shape : shapes)
            if (shape.ground == static_cast<Ground>(ground)) ordered.push_back(std::move(shape));
    return ordered;
}

}  // namespace

std::optional<Ground> groundNamed(std::string_view name) {
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) return {};
    return static_cast<Ground>(found - kNames.begin());
}

Sketch::Sketch(SketchNote note, std::vector<Shape> shapes)
    : note_(std::move(note)), shapes_(byGround(std::move(shapes))) {
    for (auto& shape : shapes_) {
        shape.box = boxAround(shape);
        widen(box_, {shape.box.south, shape.box.west});
        widen(box_, {shape.box.north, shape.box.east});
    }
}

std::string Sketch::toBytes() const {
    Writer writer;
    writer.bytes = kMagic;
    for (const auto* text : {&note_.vi, &note_.en}) writer.text(*text);
    writer.number(shapes_.size());
    for (const auto& shape : shapes_) {
        writer.number(static_cast<std::uint64_t>(shape.ground));
        writer.text(shape.name);
        writer.number(shape.parts.size());
        for (const auto& part : shape.parts) {
            writer.number(part.size());
            for (const auto& place : part) writer.point(place);
        }
    }
    return std::move(writer.bytes);
}

Result<Sketch> Sketch::parse(std::string_view bytes) {
    if (bytes.size() > kMaxBytes) return fail(ProblemKind::TooLarge);
    const auto malformed = fail(ProblemKind::Malformed, {{"detail", "sketch"}});
    if (!bytes.starts_with(kMagic)) return malformed;
    Reader reader(bytes.substr(kMagic.size()));
    SketchNote note;
    for (auto* text : {&note.vi, &note.en}) *text = reader.text(kMaxNote);
    std::vector<Shape> shapes;
    std::size_t points = 0;
    for (auto left = reader.count(0, kMaxShapes); left > 0 && !reader.wrong(); --left)
        shapes.push_back(readShape(reader, points));
    if (!reader.whole() || !std::ranges::is_sorted(shapes, {}, &Shape::ground)) return malformed;
    return Sketch(std::move(note), std::move(shapes));
}

Result<Sketch> Sketch::load(const std::filesystem::path& path) {
    return base::readFile(path, kMaxBytes).and_then([](const std::string& bytes) { return parse(bytes); });
}

std::vector<const Shape*> Sketch::within(const Box& box) const {
    std::vector<const Shape*> found;
    for (const auto& shape : shapes_)
        if (shape.box.meets(box)) found.push_back(&shape);
    return found;
}

}  // namespace tram::map
