#include "device/Chime.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <fstream>

#include "base/Files.h"
#include "tests/support/TempDir.h"

using namespace tram;
using device::Chime;

namespace {

std::uint32_t number(const std::vector<unsigned char>& bytes, std::size_t at, int size) {
    std::uint32_t value = 0;
    for (int i = size; i-- > 0;) value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
    return value;
}

/// A player that keeps what it was told and given.
struct Player {
    explicit Player(const std::string& more = "") {
        std::ofstream(dir / "aplay") << "#!/bin/sh\necho \"$@\" > " << (dir / "told").string()
                                     << "\n/bin/cat > " << (dir / "heard").string() << "\n"
                                     << more << "\n";
        std::filesystem::permissions(dir / "aplay", std::filesystem::perms(0700));
        std::filesystem::create_directory(dir / "snd");
    }
    void plug(const char* node) const { std::ofstream(dir / "snd" / node).flush(); }
    void play() const { Chime(dir / "aplay", dir / "snd").play(); }
    std::string heard() const { return base::readFile(dir / "heard").value_or(""); }
    test::TempDir dir;
};

}  // namespace

TEST_CASE("the tone is a short WAV file that neither clips nor clicks, and can be heard") {
    const auto wav = Chime::tone();
    REQUIRE(wav.size() > 44);
    CHECK(std::string(wav.begin(), wav.begin() + 4) == "RIFF");
    CHECK(std::string(wav.begin() + 8, wav.begin() + 16) == "WAVEfmt ");
    CHECK(number(wav, 4, 4) == wav.size() - 8);
    CHECK(number(wav, 40, 4) == wav.size() - 44);
    const auto rate = number(wav, 24, 4);
    const std::size_t samples = (wav.size() - 44) / 2;
    CHECK(samples >= rate / 10);
    CHECK(samples <= rate / 4);
    int loudest = 0, step = 0, last = 0;
    for (std::size_t i = 0; i < samples; ++i) {
        const auto value = static_cast<std::int16_t>(number(wav, 44 + 2 * i, 2));
        loudest = std::max(loudest, std::abs(int{value}));
        step = std::max(step, std::abs(value - last));
        last = value;
    }
    CHECK(loudest > 3'000);
    CHECK(loudest < 16'384);
    CHECK(step < 4'000);
    CHECK(std::abs(last) < 200);
}

TEST_CASE("the tone is given to the player, whole") {
    const Player player;
    player.plug("pcmC0D0p");
    player.play();
    const auto wav = Chime::tone();
    CHECK(player.heard() == std::string(wav.begin(), wav.end()));
    CHECK(base::readFile(player.dir / "told").value() == "-q -t wav -\n");
}

TEST_CASE("where nothing can play, no player is started") {
    const Player player;
    player.plug("pcmC0D0c");  // a microphone
    player.plug("controlC0");
    player.play();
    CHECK_FALSE(std::filesystem::exists(player.dir / "told"));
    Chime(player.dir / "aplay", player.dir / "absent").play();
    CHECK_FALSE(std::filesystem::exists(player.dir / "told"));
}

TEST_CASE("a player that fails, hangs or is not there holds up nobody for long") {
    const auto how = GENERATE(as<std::string>(), "exit 1", "exec /bin/sleep 600", "kill -SEGV $$");
    const Player player(how);
    player.plug("pcmC0D0p");
    player.play();  // comes back
    Chime(player.dir / "absent", player.dir / "snd").play();
    SUCCEED();
}
