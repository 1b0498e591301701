#include "ui/screens/GuideScreen.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

/// The pretend city's guides: an app to install from its first page to the end, and what lies beside.
void Tour::planGuide() {
    const auto opens = [this](const std::string& guide) {
        homeAgain();
        press("tile.install");
        press("entry.guide." + guide);
    };
    stop(
        "guides",
        [this] {
            homeAgain();
            press("tile.install");
        },
        [this] { return at("guides"); });
    stop("guide-phone", [opens] { opens("cong-dan-so"); }, [this] { return at("guide_phone"); });
    stop("guide-store", [this] { press("android"); }, [this] { return at("guide_step_kho"); });
    stop(
        "guide-wifi",
        [this] {
            if (shows("wifi")) press("wifi");
        },
        [this] { return at("guide_wifi") || at("guide_step_kho"); });
    stop("guide-troubles", [this] {
        if (shows("resume")) press("resume");
        press("trouble");
    });
    stop("guide-trouble", [this] { press("trouble.bo-nho"); }, [this] { return at("guide_trouble"); });
    stop("guide-fakes", [this] {
        press("resume");
        press("trouble");
        press("fakes");
    });
    stop("guide-open", [this] {
        press("resume");
        press("next");
    });
    stop("guide-sign-in", [this] { press("next"); });
    stop("guide-level-2", [this] { press("branch.0"); }, [this] { return at("guide_step_muc-2"); });
    stop("guide-end", [this] { press("next"); }, [this] { return at("guide_end"); });
    stop("guide-done", [this] { press("outcome.signed_in"); }, [this] { return at("guide_done"); });
    stop("guide-iphone", [this, opens] {
        opens("vneid");
        press("iphone");
    });
    stop("guide-no-phone", [this, opens] {
        opens("vneid");
        press("no_phone");
    });
    stop("guide-skill", [opens] { opens("an-toan-mang"); });
    stop("guide-branch", [opens] { opens("khieu-nai-to-cao"); });
    stop("guide-not-done", [this] {
        press("trouble");
        press("give_up");
        press("outcome.not_done:de-sau");
    });
}

}  // namespace tram::shell
