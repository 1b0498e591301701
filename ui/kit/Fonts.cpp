#include "ui/kit/Fonts.h"

#include <wx/fontenum.h>
#include <wx/graphics.h>

#include <cmath>
#include <unordered_map>

namespace tram::kit {
namespace {

// A visit types a few hundred words; the bound only stops a day of them from adding up.
constexpr std::size_t kWidthsKept = 4000;

const char* weightName(int weight) {
    if (weight >= 800) return " Ultra-Bold";
    if (weight >= 700) return " Bold";
    if (weight >= 600) return " Semi-Bold";
    return weight >= 500 ? " Medium" : "";
}

const std::string& textFamily() {
    static const std::string family = wxFontEnumerator::IsValidFacename("Inter") ? "Inter" : "Noto Sans";
    return family;
}

// A Pango description with a size in px: the same on every display, whatever its DPI setting says. A list of
// families would take the tallest one's metrics; Noto Sans still comes in by fontconfig for what Inter lacks.
wxFont makeFont(const Face& face) {
    const std::string family = face.icons ? "Material Icons" : textFamily() + weightName(face.weight);
    wxFont font;
    font.SetNativeFontInfo(wxString::FromUTF8(
        family + " " + std::to_string(static_cast<int>(std::lround(face.pixels()))) + "px"));
    return font;
}

}  // namespace

struct Fonts::Entry {
    explicit Entry(const Face& f) : face(f), font(makeFont(f)) {}
    Face face;
    wxFont font;
    wxGraphicsFont measuring;
    std::map<wxUint32, wxGraphicsFont> painting;
    std::unordered_map<std::string, double> widths;
    double height = -1;
};

Face faceOf(const TypeStyle& style, bool bold) {
    return {false, static_cast<int>(std::lround(style.size * 4)),
            bold ? std::max(style.weight, 700) : style.weight, style.tracking};
}

Face iconFace(int pixels) {
    return {true, pixels * 4, 400, 0};
}

Fonts::Fonts() : gc_(wxGraphicsContext::Create()) {}
Fonts::~Fonts() = default;

Fonts::Entry& Fonts::entry(const Face& face) {
    auto& found = entries_[face];
    if (!found) {
        found = std::make_unique<Entry>(face);
        found->measuring = gc_->CreateFont(found->font, *wxBLACK);
    }
    return *found;
}

const wxGraphicsFont& Fonts::font(wxGraphicsContext& gc, const Face& face, const wxColour& colour) {
    auto& painting = entry(face).painting[colour.GetRGBA()];
    if (painting.IsNull()) painting = gc.CreateFont(entry(face).font, colour);
    return painting;
}

double Fonts::measure(Entry& entry, std::string_view utf8) {
    ++measured_;
    gc_->SetFont(entry.measuring);
    double width = 0, height = 0;
    const auto text = wxString::FromUTF8(utf8.data(), utf8.size());
    gc_->GetTextExtent(text, &width, &height);
    if (entry.height < 0) entry.height = height;
    return width + entry.face.tracking * static_cast<double>(text.length());
}

double Fonts::width(const Face& face, std::string_view utf8) {
    auto& e = entry(face);
    if (e.widths.size() > kWidthsKept) e.widths.clear();
    const auto [found, fresh] = e.widths.try_emplace(std::string(utf8), 0);
    if (fresh) found->second = measure(e, utf8);
    return found->second;
}

// The system rounds extents to whole pixels; of a larger font the error is a fraction.
double Fonts::stop(const Face& face, std::string_view text) {
    constexpr int kFiner = 8;
    auto large = face;
    large.quarterPixels *= kFiner;
    large.tracking *= kFiner;
    return width(large, text) / kFiner;
}

double Fonts::widthOnce(const Face& face, std::string_view utf8) {
    return utf8.empty() ? 0 : measure(entry(face), utf8);
}

double Fonts::height(const Face& face) {
    auto& e = entry(face);
    if (e.height < 0) measure(e, "Ậg");
    return e.height;
}

}  // namespace tram::kit
