#include "paper/TextSetter.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>

#include "base/VietnameseText.h"

namespace tram::paper {

namespace {

constexpr double kLeading = 1.08;  // of the font's own line: lines of capitals with two marks stay apart

template <class T>
std::shared_ptr<T> owned(T* object) {
    return {object, [](T* it) { g_object_unref(it); }};
}

void addAttributes(PangoLayout* layout) {
    PangoAttrList* list = pango_attr_list_new();
    // Arrows made of hyphens and crosses made of x are not what was written, and a code is copied by eye:
    // its zero is no O. Figures of one width stand under one another.
    pango_attr_list_insert(list, pango_attr_font_features_new("liga 0, calt 0, dlig 0, tnum 1, zero 1"));
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));  // a code is copied as it stands
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

void setFont(PangoLayout* layout, const TextStyle& style) {
    PangoFontDescription* font = pango_font_description_from_string("Inter, Noto Sans");
    pango_font_description_set_weight(font, style.strong ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_size(font, static_cast<int>(std::lround(style.size * PANGO_SCALE)));
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

/// A thread's own, kept: finding and opening fonts is most of a receipt's time. Not Pango's default one,
/// which on the UI thread is the screen's, with another resolution.
PangoFontMap* fonts() {
    thread_local const auto map = [] {
        auto made = owned(pango_cairo_font_map_new());
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(made.get()), 72);
        return made;
    }();
    return map.get();
}

TextLine measured(const std::shared_ptr<PangoLayout>& layout, PangoLayoutLine* line, double width,
                  bool centred) {
    PangoRectangle ink, logical;
    pango_layout_line_get_extents(line, &ink, &logical);
    const auto points = [](int units) { return static_cast<double>(units) / PANGO_SCALE; };
    const double ascent = std::max(points(-logical.y), points(-ink.y));
    const double descent = std::max(points(logical.y + logical.height), points(ink.y + ink.height));
    TextLine set{layout, line};
    set.above = ascent * kLeading;
    set.height = (ascent + descent) * kLeading;
    set.width = points(logical.width);
    set.left = centred ? std::max(0.0, (width - set.width) / 2) : 0;
    return set;
}

}  // namespace

TextSetter::TextSetter(cairo_t* cairo) : context_(owned(pango_font_map_create_context(fonts()))) {
    pango_cairo_update_context(cairo, context_.get());
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_language(context_.get(), pango_language_from_string("vi"));
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
}

std::vector<TextLine> TextSetter::lines(std::string_view text, const TextStyle& style, double width) const {
    const std::string seen = base::clean(text, true);
    if (seen.empty()) return {};
    const auto layout = owned(pango_layout_new(context_.get()));
    setFont(layout.get(), style);
    addAttributes(layout.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), seen.data(), static_cast<int>(seen.size()));
    std::vector<TextLine> lines;
    for (GSList* at = pango_layout_get_lines_readonly(layout.get()); at; at = at->next)
        lines.push_back(measured(layout, static_cast<PangoLayoutLine*>(at->data), width, style.centred));
    return lines;
}

void TextLine::draw(cairo_t* cairo, double x, double y) const {
    cairo_move_to(cairo, x + left, y + above);
    pango_cairo_show_layout_line(cairo, line);
}

}  // namespace tram::paper
