#pragma once
#include <wx/image.h>
#include <wx/mstream.h>

#include <catch2/catch.hpp>

#include "base/Secret.h"
#include "qr/QrCode.h"

namespace tram::ui::test {

/// What a camera sees on a table: sheets and cards, made here.
class PaperScene {
  public:
    PaperScene() : image_(1280, 960) {
        if (!wxImage::FindHandler(wxBITMAP_TYPE_JPEG)) wxImage::AddHandler(new wxJPEGHandler);
        image_.SetRGB(wxRect(0, 0, 1280, 960), 100, 80, 60);
    }
    /// An A4 sheet with lines of print.
    PaperScene& sheet() {
        const wxRect where(360, 84, 560, 792);
        paper(where);
        for (int line = 0; line < 14; ++line)
            image_.SetRGB(wxRect(where.x + 60, where.y + 80 + line * 44, line % 4 == 3 ? 220 : 430, 12), 40,
                          40, 45);
        return *this;
    }
    PaperScene& card(wxPoint at) {
        paper({at.x, at.y, 504, 320});
        return *this;
    }
    PaperScene& code(wxPoint at, const std::string& text) {
        constexpr int kModule = 5;
        const auto qr = qr::QrCode::encode(text);
        REQUIRE(qr);
        constexpr int kQuiet = qr::QrCode::kQuietModules * kModule;
        const int side = qr->size * kModule + 2 * kQuiet;
        paper({at.x - kQuiet, at.y - kQuiet, side, side});  // nothing is printed so near to it
        for (int y = 0; y < qr->size; ++y)
            for (int x = 0; x < qr->size; ++x)
                if (qr->at(x, y))
                    image_.SetRGB(wxRect(at.x + x * kModule, at.y + y * kModule, kModule, kModule), 0, 0, 0);
        return *this;
    }
    base::SecretBytes jpeg() const {
        wxMemoryOutputStream stream;
        REQUIRE(image_.SaveFile(stream, wxBITMAP_TYPE_JPEG));
        std::vector<unsigned char> bytes(stream.GetSize());
        stream.CopyTo(bytes.data(), bytes.size());
        return base::SecretBytes(std::move(bytes));
    }

  private:
    void paper(wxRect where) { image_.SetRGB(where, 245, 242, 240); }

    wxImage image_;
};

}  // namespace tram::ui::test
