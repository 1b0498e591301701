#include "tests/ui/kit/Stand.h"

#include <stdexcept>

namespace tram::kit::test {

Theme theme(const std::string& name, int percent, wxSize screen, double pxPerMm) {
    auto loaded = Theme::load(TRAM_SOURCE_DIR "/resources/theme", name,
                              {.pxPerMm = pxPerMm, .textPercent = percent}, screen);
    if (!loaded) throw std::runtime_error("theme: " + std::string(loaded.error().fact("key")));
    return *loaded;
}

Stand::Stand(wxSize size, const std::string& name, int percent) {
    ui::test::startWx();
    frame_ = new wxFrame(nullptr, wxID_ANY, "kit tests", {0, 0}, size, wxBORDER_NONE);
    surface_ = new Surface(frame_, theme(name, percent, {1080, 1920}));
    robot_ = std::make_unique<ui::test::Robot>(*surface_);
    frame_->Show();
    frame_->Raise();
    surface_->SetFocus();
    until([&] { return surface_->GetClientSize() == size && frame_->IsActive() && surface_->HasFocus(); });
    settle();
    robot_->look();
}

Stand::~Stand() {
    frame_->Destroy();
    wxTheApp->ProcessIdle();
    wxYield();
}

}  // namespace tram::kit::test
