#include "ui/shell/Describe.h"

#include <nlohmann/json.hpp>

#include "base/Files.h"

namespace tram::shell {

namespace {

nlohmann::json viewJson(const kit::Surface& surface, const kit::Described& view) {
    const auto origin = surface.GetScreenPosition();
    return {{"id", view.id},
            {"role", kit::name(view.role)},
            {"name", view.spoken},
            {"x", origin.x + view.rect.x},
            {"y", origin.y + view.rect.y},
            {"w", view.rect.width},
            {"h", view.rect.height},
            {"enabled", view.enabled},
            {"visible", !view.clipped}};
}

}  // namespace

void describe(Kiosk& kiosk, const std::filesystem::path& file, const Life& life) {
    // Whoever reads it would press what nobody sees yet, or what is about to change.
    if (!kiosk.surface().isPainted() || kiosk.drawsAgain()) return;
    auto views = nlohmann::json::array();
    for (const auto& view : kiosk.surface().describe())
        if (!view.id.empty()) views.push_back(viewJson(kiosk.surface(), view));
    const nlohmann::json page{{"screen", kiosk.screen().name()},
                              {"lang", kiosk.session().language},
                              {"session", life.session},
                              {"taps", life.taps},
                              {"focus", kiosk.surface().focused()},
                              {"takes_from", kiosk.surface().takesFrom().count()},
                              {"views", std::move(views)}};
    static std::string last;  // a blinking caret paints without news
    auto text = page.dump();
    if (text == last) return;
    (void)base::writeFileAtomically(file, text, 0600);
    last = std::move(text);
}

}  // namespace tram::shell
