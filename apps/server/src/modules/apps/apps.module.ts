/** Apps, their AppKey and AppSecret. */
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { AppSecretsService } from './app-secrets.service.js';
import { AppCredentialsRepository } from './data/app-credentials.repository.js';
import { AppEntity } from './data/app.entity.js';
import { FindAppService } from './find-app.service.js';
import { ResolveAppService } from './resolve-app.service.js';

@Module({
  imports: [AccessModule, TypeOrmModule.forFeature([AppEntity])],
  providers: [AppCredentialsRepository, AppSecretsService, FindAppService, ResolveAppService],
  exports: [AppSecretsService, ResolveAppService],
})
export class AppsModule {}
