#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/Secret.h"
#include "link/GatewayClient.h"

namespace tram::link {

/// Pictures from the resident's own phone: a place at the gateway, bound to this draft by a key that only
/// this process has. The phone sends to it; what is there is sealed, and comes here as it came from the
/// phone: foreign bytes that nobody but tram-camera may decode. It has a GatewayClient of its own; calls
/// block, and from several threads they come one after the other. Problems as GatewayClient's; NotFound when
/// its time is over.
class PhoneUploads {
  public:
    static constexpr std::size_t kMostPictures = 3, kMostBytes = 25'000'000;  ///< bytes of one picture
    static constexpr int kMostSent = 9;  ///< to one place, those of no use included

    explicit PhoneUploads(std::unique_ptr<GatewayClient> client) : client_(std::move(client)) {}

    struct Place {
        std::string id;
        std::string link;  ///< what the QR holds
        base::Millis lives{0};
    };
    /// `language` ("vi", "en"): what the pages on the phone begin in.
    base::Result<Place> open(const crypto::SealingKey& draft, const std::string& language = "vi");

    struct Picture {
        int number = 0;         ///< from 1, in the order in which they came
        std::size_t bytes = 0;  ///< sealed
        crypto::Bytes sealedKey;
    };
    struct State {
        bool opened = false;  ///< a phone has opened the link
        base::Millis lives{0};
        std::vector<Picture> pictures;  ///< those of whose use it was not told
    };
    base::Result<State> state(const std::string& id);
    /// BadSeal when it was not sealed for this draft.
    base::Result<base::SecretBytes> picture(const std::string& id, const Picture& picture,
                                            const crypto::OpeningKey& draft);
    /// Whether it could be used, for the phone to say; the gateway lets go of it. NotFound when it knows that
    /// already.
    base::Result<void> tell(const std::string& id, int number, bool used);
    base::Result<void> close(const std::string& id);

    void cancel() { client_->cancel(); }

  private:
    base::Result<net::HttpResponse> ask(const char* method, const std::string& path, std::string body,
                                        std::size_t most);

    std::mutex mutex_;
    std::unique_ptr<GatewayClient> client_;
};

}  // namespace tram::link
