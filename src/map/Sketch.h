#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "map/View.h"

namespace tram::map {

/// In the order in which they are drawn. Those up to Park are areas, the others lines.
enum class Ground { Water, Park, Canal, Border, Lane, Street, MainStreet, Rail };
constexpr int kGrounds = 8;
constexpr bool isArea(Ground ground) {
    return ground <= Ground::Park;
}
/// "water", "park", "canal", "border", "lane", "street", "main-street", "rail".
std::optional<Ground> groundNamed(std::string_view name);

struct Shape {
    Ground ground = Ground::Street;
    std::string name;               ///< "" for none
    std::vector<pack::Ring> parts;  ///< of an area its rings, to be filled even-odd; of a line its pieces
    Box box;                        ///< around it
};

/// What a sketch is, what it is not, and of which day; to be shown with it.
struct SketchNote {
    std::string vi, en;
    const std::string& in(std::string_view language) const { return language == "en" ? en : vi; }
};

/// A map that claims no more than it knows: streets, water and parks by name, drawn by hand or from open
/// data, small enough to be anywhere. A file of ours:
///   "TRAMMAP2", then numbers in LEB128 and texts with their length before them: the note; how many shapes;
///   of each its ground, name, how many parts; of each part how many points, and of each point the difference
///   to the point before (the file's first: to 0°) in millionths of a degree, latitude first, with the sign
///   in the lowest bit. Shapes stand by ground, then as they were given.
class Sketch {
  public:
    static constexpr std::size_t kMaxBytes = 16u << 20, kMaxShapes = 200'000, kMaxPoints = 2'000'000,
                                 kMaxName = 200, kMaxNote = 500;

    /// Malformed unless it is one to the last byte; TooLarge.
    static base::Result<Sketch> parse(std::string_view bytes);
    static base::Result<Sketch> load(const std::filesystem::path& path);  ///< FileMissing, FileUnreadable

    Sketch(SketchNote note, std::vector<Shape> shapes);
    std::string toBytes() const;

    const SketchNote& note() const { return note_; }
    const std::vector<Shape>& shapes() const { return shapes_; }
    const std::optional<Box>& box() const { return box_; }  ///< around all; nothing of an empty one
    /// Those that a view may show, in order.
    std::vector<const Shape*> within(const Box& box) const;

  private:
    SketchNote note_;
    std::vector<Shape> shapes_;
    std::optional<Box> box_;
};

}  // namespace tram::map
