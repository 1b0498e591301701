// kit_gallery DIR [WxH] [theme] [percent]: a picture of every sample page, and the layout's faults on
// standard output.
#include <wx/wx.h>

#include <cstdio>
#include <filesystem>

#include "tests/ui/kit/Pages.h"

namespace {

using namespace tram::kit;

class Gallery final : public wxApp {
  public:
    bool OnInit() override {
        if (argc < 2) return false;
        int width = 1080, height = 1920;
        if (argc > 2) std::sscanf(argv[2].utf8_str(), "%dx%d", &width, &height);
        const std::string name = argc > 3 ? argv[3].utf8_string() : "light";
        const int percent = argc > 4 ? std::atoi(argv[4].utf8_str()) : 100;
        auto theme =
            Theme::load(TRAM_SOURCE_DIR "/resources/theme", name, {.textPercent = percent}, {width, height});
        if (!theme) {
            std::printf("theme: %s\n", std::string(theme.error().fact("key")).c_str());
            return false;
        }
        auto* frame =
            new wxFrame(nullptr, wxID_ANY, "kit", wxDefaultPosition, {width, height}, wxBORDER_NONE);
        auto* surface = new Surface(frame, *theme);
        surface->SetSize(width, height);
        save(*surface, argv[1].utf8_string());
        frame->Destroy();
        return false;
    }

  private:
    static void save(Surface& surface, const std::filesystem::path& dir) {
        std::filesystem::create_directories(dir);
        const sample::Models models;
        for (const auto& [name, page] : sample::pages(models)) {
            surface.show(nullptr);  // pages share ids; nothing may be carried from one to the next
            surface.show(page);
            if (name == "feedback") surface.focus("what", false);
            if (name == "fields") surface.focus("code", false);
            if (name == "controls") surface.focus("c2", true);
            surface.savePng(dir / (name + ".png"));
            for (const auto& fault : surface.layoutFaults())
                std::printf("%s: %s\n", name.c_str(), fault.c_str());
        }
    }
};

}  // namespace

wxIMPLEMENT_APP(Gallery);
