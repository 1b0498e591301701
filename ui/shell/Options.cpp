#include "ui/shell/Options.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "ui/shell/Hardening.h"

namespace tram::shell {

namespace {

std::string readSize(const std::string& text, wxSize& size) {
    int width = 0, height = 0;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2 || width < 320 || height < 320 ||
        width > 8192 || height > 8192)
        return "WIDTHxHEIGHT";
    size = wxSize(width, height);
    return {};
}

/// build/<preset>/bin → build/<preset>/share/tram; /usr/bin → /usr/share/tram.
std::filesystem::path shareBeside(const std::filesystem::path& program) {
    return program.parent_path().parent_path() / "share" / "tram";
}

}  // namespace

std::optional<int> Options::read(int argc, char** argv, Options& out) {
    CLI::App app{"tram-kiosk"};
    std::string size;
    app.add_option("--config", out.config);
    app.add_option("--share", out.share);
    app.add_option("--tour", out.tourDir);
    app.add_option("--describe", out.describeFile);
    app.add_option("--size", size)->check([&out](const std::string& text) {
        return readSize(text, out.size);
    });
    app.add_flag("--window", out.window);
    app.add_flag("--share-keys", out.shareKeys);
    app.add_option("--phone", out.phone);
    app.add_option("--lang", out.language)->check(CLI::IsMember({"vi", "en"}));
    app.add_option("--theme", out.theme)->check(CLI::IsMember({"light", "contrast"}));
    app.add_option("--scale", out.scale)->check(CLI::IsMember({100, 125, 150, 200}));
    app.add_flag("--bench-start", out.benchStart);
    app.add_flag("--bench-pages", out.benchPages);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    out.camera = std::filesystem::path(programPath()).parent_path() / "tram-camera";
    out.print = out.camera.parent_path() / "tram-print";
    if (out.share.empty()) out.share = shareBeside(programPath());
    return std::nullopt;
}

}  // namespace tram::shell
