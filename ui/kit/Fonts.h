#pragma once
#include <wx/font.h>
#include <wx/graphics.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ui/kit/Theme.h"

namespace tram::kit {

/// A font as a style names it. Sizes are kept in quarter pixels so that equal faces are equal keys.
struct Face {
    bool icons = false;
    int quarterPixels = 0;
    int weight = 400;
    double tracking = 0;
    auto operator<=>(const Face&) const = default;
    double pixels() const { return quarterPixels / 4.0; }
};
Face faceOf(const TypeStyle& style, bool bold = false);
Face iconFace(int pixels);

/// Fonts made once and widths measured once (a page asks for the same words at every layout).
class Fonts {
  public:
    Fonts();
    ~Fonts();
    const wxGraphicsFont& font(wxGraphicsContext& gc, const Face& face, const wxColour& colour);
    /// In pixels, never less than what is painted.
    double width(const Face& face, std::string_view utf8);
    /// Where a tracked text ends: fractions of a pixel count there.
    double stop(const Face& face, std::string_view text);
    double widthOnce(const Face& face, std::string_view utf8);  ///< not remembered: a line being typed
    double height(const Face& face);                    ///< from the top of the font's box to its bottom
    std::size_t measured() const { return measured_; }  ///< how often the system had to be asked

  private:
    struct Entry;
    Entry& entry(const Face& face);
    double measure(Entry& entry, std::string_view utf8);

    std::unique_ptr<wxGraphicsContext> gc_;
    std::map<Face, std::unique_ptr<Entry>> entries_;
    std::size_t measured_ = 0;
};

}  // namespace tram::kit
