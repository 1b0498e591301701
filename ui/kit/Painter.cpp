#include <wx/bitmap.h>
#include <wx/brush.h>
#include <wx/graphics.h>

#include "ui/kit/Canvas.h"

namespace tram::kit {

void Painter::fill(const Rect& rect, const wxColour& colour, int radius) {
    gc_.SetPen(*wxTRANSPARENT_PEN);
    gc_.SetBrush(wxBrush(colour));
    if (radius > 0)
        gc_.DrawRoundedRectangle(rect.x, rect.y, rect.width, rect.height,
                                 std::min({radius, rect.width / 2, rect.height / 2}));
    else
        gc_.DrawRectangle(rect.x, rect.y, rect.width, rect.height);
}

void Painter::fillDown(const Rect& rect, const wxColour& top, const wxColour& bottom, int radius) {
    gc_.SetPen(*wxTRANSPARENT_PEN);
    gc_.SetBrush(gc_.CreateLinearGradientBrush(rect.x, rect.y, rect.x, rect.GetBottom(), top, bottom));
    gc_.DrawRoundedRectangle(rect.x, rect.y, rect.width, rect.height, radius);
}

void Painter::outline(const Rect& rect, const wxColour& colour, int width, int radius) {
    gc_.SetBrush(*wxTRANSPARENT_BRUSH);
    gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(colour).Width(width).Join(wxJOIN_MITER)));
    const double half = width / 2.0;
    const double r = std::min<double>(radius, std::min(rect.width, rect.height) / 2.0) - half;
    gc_.DrawRoundedRectangle(rect.x + half, rect.y + half, rect.width - width, rect.height - width,
                             std::max(0.0, r));
}

void Painter::disc(const Rect& rect, const wxColour& colour) {
    gc_.SetPen(*wxTRANSPARENT_PEN);
    gc_.SetBrush(wxBrush(colour));
    gc_.DrawEllipse(rect.x, rect.y, rect.width, rect.height);
}

void Painter::ring(const Rect& rect, const wxColour& colour, int width) {
    gc_.SetBrush(*wxTRANSPARENT_BRUSH);
    gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(colour).Width(width)));
    const double half = width / 2.0;
    gc_.DrawEllipse(rect.x + half, rect.y + half, rect.width - width, rect.height - width);
}

void Painter::stroke(wxPoint from, wxPoint to, const wxColour& colour, int width) {
    gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(colour).Width(width).Cap(wxCAP_ROUND)));
    gc_.StrokeLine(from.x, from.y, to.x, to.y);
}

void Painter::text(std::string_view utf8, const Face& face, const wxColour& colour, double x, double top) {
    gc_.SetFont(fonts().font(gc_, face, colour));
    const auto text = wxString::FromUTF8(utf8.data(), utf8.size());
    if (face.tracking == 0) return gc_.DrawText(text, x, top);
    // From its own end back: a pair that is kerned moves its second letter, not the one after it.
    const auto stop = [&](const wxString& letters) { return fonts().stop(face, letters.utf8_string()); };
    for (std::size_t i = 0; i < text.length(); ++i)
        gc_.DrawText(text.Mid(i, 1), x + stop(text.Left(i + 1)) - stop(text.Mid(i, 1)), top);
}

void Painter::textCentred(std::string_view utf8, const Face& face, const wxColour& colour, const Rect& rect) {
    const double x = rect.x + (rect.width - fonts().width(face, utf8)) / 2;
    text(utf8, face, colour, x, rect.y + (rect.height - fonts().height(face)) / 2);
}

void Painter::icon(std::string_view name, const wxColour& colour, const Rect& rect) {
    textCentred(name, iconFace(std::min(rect.width, rect.height)), colour, rect);
}

void Painter::picture(const wxBitmap& bitmap, const Rect& rect) {
    const int x = rect.x + (rect.width - bitmap.GetWidth()) / 2;
    const int y = rect.y + (rect.height - bitmap.GetHeight()) / 2;
    gc_.DrawBitmap(bitmap, x, y, bitmap.GetWidth(), bitmap.GetHeight());
}

void Painter::pushClip(const Rect& rect) {
    gc_.PushState();
    gc_.Clip(rect.x, rect.y, rect.width, rect.height);
    clips_.push_back(visible_);
    visible_.Intersect(rect);
}

void Painter::popClip() {
    gc_.PopState();
    visible_ = clips_.back();
    clips_.pop_back();
}

}  // namespace tram::kit
