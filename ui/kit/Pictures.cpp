#include "ui/kit/Pictures.h"

#include <wx/image.h>
#include <wx/log.h>
#include <wx/mstream.h>

#include <algorithm>

namespace tram::kit {
namespace {

void needHandlers() {
    if (!wxImage::FindHandler(wxBITMAP_TYPE_JPEG)) wxImage::AddHandler(new wxJPEGHandler);
    if (!wxImage::FindHandler(wxBITMAP_TYPE_PNG)) wxImage::AddHandler(new wxPNGHandler);
}

}  // namespace

wxBitmap decodePicture(const std::string& bytes, wxSize box, int quarters) {
    needHandlers();
    const wxLogNull quiet;  // a broken picture must not open wx's own message box
    wxMemoryInputStream stream(bytes.data(), bytes.size());
    wxImage image;
    if (!image.LoadFile(stream) || image.GetWidth() <= 0 || image.GetHeight() <= 0) return {};
    for (int turn = 0; turn < quarters; ++turn) image = image.Rotate90();
    const double scale = std::min({1.0, box.x / double(image.GetWidth()), box.y / double(image.GetHeight())});
    const wxSize size(std::max(1, int(image.GetWidth() * scale)),
                      std::max(1, int(image.GetHeight() * scale)));
    if (scale < 1) image.Rescale(size.x, size.y, wxIMAGE_QUALITY_BILINEAR);
    return wxBitmap(image);
}

const wxBitmap& Pictures::fitted(const std::string& key, const std::string& bytes, wxSize box, int quarters) {
    auto [found, fresh] = entries_.try_emplace(key);
    auto& entry = found->second;
    if (fresh || entry.box != box || entry.quarters != quarters)
        entry = {decodePicture(bytes, box, quarters), box, quarters, true};
    entry.used = true;
    return entry.bitmap;
}

void Pictures::beginTree() {
    for (auto& [key, entry] : entries_) entry.used = false;
}

void Pictures::endTree() {
    std::erase_if(entries_, [](const auto& e) { return !e.second.used; });
}

}  // namespace tram::kit
