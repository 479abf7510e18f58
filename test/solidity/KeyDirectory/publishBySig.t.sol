// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ContractWallet} from "../../../contracts/mocks/ContractWallet.sol";
import {IKeyDirectory} from "../../../contracts/interfaces/IKeyDirectory.sol";
import {KeyBase} from "../support/KeyBase.sol";
import {OddSigners} from "../support/OddSigners.sol";
import {Signatures} from "../support/Signatures.sol";

contract KeyDirectoryPublishBySigTest is KeyBase, OddSigners {
    struct Signed {
        address account;
        uint16 suite;
        bytes32 key;
        uint32 keyVersion;
        bytes32 vault;
        uint32 vaultVersion;
        uint40 deadline;
    }

    function testFuzz_P10_P19_stores_exactly_what_was_signed_whoever_sends_it(address sender, bytes32 vault) external {
        vm.assume(vault != 0);
        _publish(account);
        Signed memory made = Signed(account, SUITE, NEXT_KEY, 1, vault, 1, clock + 1);
        _expectPublished(made);
        vm.prank(sender);
        _send(made, _signed(ACCOUNT_KEY, made));
        _assertKey(account, 2, SUITE, NEXT_KEY);
        _assertVault(account, 2, vault);
    }

    function test_P18_works_once() external {
        bytes memory signature = _signed(ACCOUNT_KEY, _made());
        _send(_made(), signature);
        bytes4 kind = IKeyDirectory.KeyDirectory_StaleVersion.selector;
        _fails(_made(), signature, abi.encodeWithSelector(kind, uint32(1), uint32(0)));
    }

    function test_P18_works_until_the_second_before_the_deadline_and_not_at_it() external {
        Signed memory made = _made();
        bytes memory signature = _signed(ACCOUNT_KEY, made);
        vm.warp(made.deadline);
        bytes4 kind = IKeyDirectory.KeyDirectory_SignatureExpired.selector;
        _fails(made, signature, abi.encodeWithSelector(kind, made.deadline, uint256(made.deadline)));
        vm.warp(made.deadline - 1);
        _send(made, signature);
        _assertKey(account, 1, SUITE, X_KEY);
    }

    function test_P10_refuses_what_publish_refuses() external {
        Signed memory made = _made();
        made.suite = 33;
        _failsSigned(made, abi.encodeWithSelector(IKeyDirectory.KeyDirectory_UnknownSuite.selector, uint16(33)));
        made = _made();
        made.key = 0;
        _failsSigned(made, abi.encodeWithSelector(IKeyDirectory.KeyDirectory_MalformedKey.selector, bytes32(0)));
        made = _made();
        made.vault = 0;
        _failsSigned(made, abi.encodeWithSelector(IKeyDirectory.KeyDirectory_EmptyVault.selector));
    }

    function test_P18_refuses_every_change() external {
        bytes memory signature = _signed(ACCOUNT_KEY, _made());
        for (uint256 i; i < 8; ++i) {
            Signed memory changed = _made();
            if (i == 0) changed.account = other;
            if (i == 1) changed.account = address(0);
            if (i == 2) ++changed.suite;
            if (i == 3) changed.key = NEXT_KEY;
            if (i == 4) ++changed.keyVersion;
            if (i == 5) changed.vault = NEXT_VAULT;
            if (i == 6) ++changed.vaultVersion;
            if (i == 7) ++changed.deadline;
            _fails(changed, signature, _invalid(changed.account));
        }
        _send(_made(), signature);
    }

    function test_P18_refuses_other_encodings() external {
        bytes[] memory bent = Signatures.bent(_signed(ACCOUNT_KEY, _made()));
        for (uint256 i; i < bent.length; ++i) _fails(_made(), bent[i], _invalid(account));
    }

    function test_P18_refuses_another_domain_and_the_chain_after_a_fork() external {
        Signed memory made = _made();
        bytes32 hash = _structHash(made);
        bytes memory foreign = _sign(ACCOUNT_KEY, _typed("Chartkey Consent", address(directory), hash));
        _fails(made, foreign, _invalid(account));
        foreign = _sign(ACCOUNT_KEY, _typed("Chartkey Keys", address(consent), hash));
        _fails(made, foreign, _invalid(account));
        bytes memory signature = _signed(ACCOUNT_KEY, made);
        vm.chainId(block.chainid + 1);
        _fails(made, signature, _invalid(account));
        vm.chainId(block.chainid - 1);
        _send(made, signature);
    }

    function testFuzz_P10_refuses_every_other_key(uint256 key) external {
        key = bound(key, 1, Signatures.ORDER - 1);
        vm.assume(key != ACCOUNT_KEY);
        _fails(_made(), _signed(key, _made()), _invalid(account));
    }

    function test_P58_takes_the_signature_of_the_successor() external {
        _succeed(successor);
        _expectPublished(_made());
        _send(_made(), _signed(SUCCESSOR_KEY, _made()));
        _assertKey(account, 1, SUITE, X_KEY);
    }

    function test_P58_refuses_the_signature_of_the_old_account() external {
        Signed memory made = _made();
        made.deadline = clock + 90 days;
        bytes memory signature = _signed(ACCOUNT_KEY, made);
        _succeed(successor);
        _fails(made, signature, _invalid(account));
    }

    function test_P20_counts_only_while_the_contract_returns_the_magic_value() external {
        ContractWallet wallet = new ContractWallet(stranger);
        Signed memory made = _made();
        made.account = address(wallet);
        bytes memory signature = _signed(STRANGER_KEY, made);
        for (uint256 i; i < 3; ++i) {
            wallet.setMood(_moods()[i]);
            _fails(made, signature, _invalid(made.account));
        }
        wallet.setMood(ContractWallet.Mood.Honest);
        _send(made, signature);
        _assertKey(made.account, 1, SUITE, X_KEY);
        bytes[] memory codes = _oddCodes();
        for (uint256 i; i < codes.length; ++i) {
            vm.etch(account, codes[i]);
            _fails(_made(), _signed(ACCOUNT_KEY, _made()), _invalid(account));
        }
    }

    function test_P21_asks_the_code_and_no_longer_the_key() external {
        _delegateCode(account, address(new ContractWallet(stranger)));
        _fails(_made(), _signed(ACCOUNT_KEY, _made()), _invalid(account));
        _send(_made(), _signed(STRANGER_KEY, _made()));
        _assertKey(account, 1, SUITE, X_KEY);
    }

    function _made() private view returns (Signed memory) {
        return Signed(account, SUITE, X_KEY, 0, VAULT, 0, clock + 1 days);
    }

    function _structHash(Signed memory made) private pure returns (bytes32) {
        bytes32 typehash = keccak256(
            "Publish(address account,uint16 suite,bytes32 key,uint32 expectedKeyVersion,bytes32 vault,uint32 expectedVaultVersion,uint40 deadline)"
        );
        return keccak256(abi.encode(typehash, made));
    }

    function _signed(uint256 key, Signed memory made) private view returns (bytes memory) {
        return _sign(key, _typed("Chartkey Keys", address(directory), _structHash(made)));
    }

    function _send(Signed memory made, bytes memory signature) private {
        directory.publishBySig{gas: 3_000_000}(
            made.account,
            made.suite,
            made.key,
            made.keyVersion,
            made.vault,
            made.vaultVersion,
            made.deadline,
            signature
        );
    }

    function _fails(Signed memory made, bytes memory signature, bytes memory reason) private {
        vm.expectRevert(reason);
        _send(made, signature);
    }

    function _failsSigned(Signed memory made, bytes memory reason) private {
        _fails(made, _signed(ACCOUNT_KEY, made), reason);
    }

    function _expectPublished(Signed memory made) private {
        vm.expectEmit(address(directory));
        emit IKeyDirectory.KeyPublished(account, made.keyVersion + 1, SUITE, made.key);
        vm.expectEmit(address(directory));
        emit IKeyDirectory.VaultPublished(account, made.vaultVersion + 1, made.vault);
    }

    function _invalid(address who) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IKeyDirectory.KeyDirectory_InvalidSignature.selector, who);
    }
}
