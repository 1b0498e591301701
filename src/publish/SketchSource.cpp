#include "publish/SketchSource.h"

#include <nlohmann/json.hpp>

#include "base/VietnameseText.h"
#include "publish/AreaReader.h"
#include "publish/TableSource.h"
#include "strict/Json.h"

namespace tram::publish {

namespace {

using map::Shape;
using map::Sketch;
using nlohmann::json;

constexpr std::size_t kMaxSource = 64u << 20, kMaxValues = 5'000'000;

const json& member(const json& object, const char* name) {
    static const json kNone;
    const auto found = object.find(name);
    return found == object.end() ? kNone : *found;
}

class SketchReader {
  public:
    SketchReader(const std::string& file, Faults& faults) : file_(file), faults_(faults) {}

    std::optional<Sketch> read(const json& collection) {
        const auto before = faults_.size();
        if (!collection.is_object() || member(collection, "type") != "FeatureCollection" ||
            !member(collection, "features").is_array())
            refuse("", "geojson");
        else
            readAll(collection);
        if (faults_.size() > before) return {};
        return Sketch(note_, std::move(shapes_));
    }

  private:
    void readAll(const json& collection) {
        const auto& note = member(collection, "note");
        if (!note.is_object()) return refuse("note", "required");
        note_ = {text(note, "vi", Sketch::kMaxNote), text(note, "en", Sketch::kMaxNote)};
        if (note_.vi.empty()) refuse("note.vi", "required");
        if (note_.en.empty()) refuse("note.en", "required");
        for (const auto& feature : member(collection, "features")) {
            ++row_.number;
            if (shapes_.size() == Sketch::kMaxShapes) return refuse("", "smaller");
            readFeature(feature);
        }
    }

    void readFeature(const json& feature) {
        if (!feature.is_object() || !member(feature, "properties").is_object() ||
            !member(feature, "geometry").is_object())
            return refuse("", "feature");
        const auto& told = member(feature, "properties");
        const auto ground = map::groundNamed(text(told, "ground", 64));
        if (!ground) return refuse("ground", "ground");
        Shape shape{*ground, text(told, "name", Sketch::kMaxName), {}, {}};
        if (map::isArea(*ground))
            addAreas(shape, member(feature, "geometry"));
        else
            addLines(std::move(shape), member(feature, "geometry"));
    }

    std::string text(const json& object, const char* name, std::size_t most) {
        const auto& value = member(object, name);
        if (value.is_null()) return "";
        const auto found = value.is_string() ? value.get<std::string>() : "";
        if (!found.empty() && found.size() <= most && base::clean(found) == found) return found;
        refuse(name, "text");
        return "";
    }

    void addAreas(const Shape& like, const json& geometry) {
        if (member(geometry, "type") != "Polygon" && member(geometry, "type") != "MultiPolygon")
            return refuse("geometry", "area");
        const auto area = readArea(geometry, row_, file_, faults_);
        if (!area) return;
        for (const auto& polygon : area->polygons) {
            shapes_.push_back(like);
            for (const auto& ring : polygon.rings) addPart(shapes_.back(), ring);
        }
    }

    void addLines(Shape shape, const json& geometry) {
        const auto& coordinates = member(geometry, "coordinates");
        if (member(geometry, "type") == "LineString")
            addLine(shape, coordinates);
        else if (member(geometry, "type") == "MultiLineString" && coordinates.is_array())
            for (const auto& line : coordinates) addLine(shape, line);
        if (shape.parts.empty()) return refuse("geometry", "line");
        shapes_.push_back(std::move(shape));
    }

    /// RFC 7946 §3.1.4: two points or more.
    void addLine(Shape& shape, const json& line) {
        if (!line.is_array() || line.size() < 2) return refuse("geometry", "line");
        pack::Ring points;
        for (const auto& at : line) {
            if (!at.is_array() || at.size() < 2 || !at[0].is_number() || !at[1].is_number())
                return refuse("geometry", "line");
            points.push_back({at[1], at[0]});
            if (!inVietnam(points.back()))
                return refuse("geometry", inVietnam({at[0], at[1]}) ? "coordinates_swapped" : "in_vietnam");
        }
        addPart(shape, points);
    }

    void addPart(Shape& shape, const pack::Ring& part) {
        points_ += part.size();
        if (points_ > Sketch::kMaxPoints) return refuse("", "smaller");
        shape.parts.push_back(part);
    }

    void refuse(const char* column, const char* expected) {
        tell(faults_, {file_, row_.number, column, expected});
    }

    const std::string& file_;
    Faults& faults_;
    Row row_;
    map::SketchNote note_;
    std::vector<Shape> shapes_;
    std::size_t points_ = 0;
};

}  // namespace

std::optional<Sketch> readSketch(std::string_view text, const std::string& file, Faults& faults) {
    const auto parsed = strict::parseJson(text, kMaxSource, kMaxValues);
    if (parsed) return SketchReader(file, faults).read(*parsed);
    tell(faults, jsonFault(file, text, parsed.error()));
    return {};
}

}  // namespace tram::publish
